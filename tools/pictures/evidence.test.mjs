import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { findBrowser, openChromium } from "./browsers.mjs";

const COMMAND = join(dirname(dirname(import.meta.dirname)), "packages/cli/dist/main.cjs");
const HOSTILE = `</pre><script>document.title="owned"</script><img src=x onerror=alert(1)>`;

describe.skipIf(!findBrowser("chromium"))("evidence of a failure in Chromium", () => {
  it("shows both screens beside each other, loads nothing, and runs nothing that was recorded", async () => {
    const cwd = mkdtempSync(join(tmpdir(), "cassette-evidence-"));
    onTestFinished(() => rmSync(cwd, { recursive: true }));
    const run = (...args) => [process.execPath, [COMMAND, ...args], { cwd, encoding: "utf8" }];
    execFileSync(...run("record", "it", "--", "printf", "%s", HOSTILE));
    const scenario = {
      name: `shows ${HOSTILE}`,
      cassette_path: "it",
      groups: { a: [{ type: "screen_equals", text: `other ${HOSTILE}` }] },
    };
    writeFileSync(join(cwd, "a.json"), JSON.stringify(scenario));
    expect(spawnSync(...run("test", "a.json", "--artifacts", "evidence")).status).toBe(1);
    const [folder] = readdirSync(join(cwd, "evidence"));
    const browser = await openChromium();
    onTestFinished(browser.close);
    await browser.open(join(cwd, "evidence", folder, "failure.html"));
    const seen = await browser.evaluate(() => ({
      title: document.title,
      captions: [...document.querySelectorAll("figcaption")].map(({ textContent }) => textContent),
      screens: [...document.querySelectorAll("figure pre")].map(({ textContent }) => textContent),
      isDrawn: [...document.images].map(({ complete, naturalWidth }) => complete && naturalWidth > 0),
      scripts: document.scripts.length,
      isBeside: new Set(
        [...document.querySelectorAll("figure")].map((one) => one.getBoundingClientRect().top),
      ).size,
    }));
    expect(seen).toMatchObject({
      captions: ["Expected", "Found"],
      isDrawn: [true],
      scripts: 0,
      isBeside: 1,
    });
    expect(seen.title).toContain("<script>");
    expect(seen.screens[0]).toContain("other </pre>");
    expect(browser.faults).toEqual([]);
  });
});
