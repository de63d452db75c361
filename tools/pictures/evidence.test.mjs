import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { findBrowser, openChromium } from "./browsers.mjs";

const COMMAND = join(dirname(dirname(import.meta.dirname)), "packages/cli/dist/main.cjs");
const HOSTILE = `</pre><script>document.title="owned"</script><img src=x onerror=alert(1)>`;

describe.skipIf(!findBrowser("chromium"))("evidence of a failure in Chromium", () => {
  it("is the page of the recording at the failure, and runs nothing that was recorded", async () => {
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
      // biome-ignore lint/performance/useDomNodeTextContent: what is visible counts.
      shown: document.body.innerText,
      pictures: document.images.length,
      recorded: [...document.scripts].filter(({ textContent }) => textContent?.startsWith("document.title"))
        .length,
    }));
    expect(seen).toMatchObject({ pictures: 0, recorded: 0 });
    expect(seen.title).not.toBe("owned");
    // The message, the screen that was expected, and the one that was found.
    expect(seen.shown).toContain("screen_equals");
    expect(seen.shown).toContain("other </pre>");
    expect(seen.shown.split(HOSTILE.slice(0, 20)).length).toBeGreaterThan(2);
    expect(browser.faults).toEqual([]);
  });
});
