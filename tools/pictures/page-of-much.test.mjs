import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { renderPage } from "@cassette/render/page";
import { afterAll, describe, expect, it } from "vitest";
import { findBrowser, openChromium } from "./browsers.mjs";
import { screenOf } from "./screens.mjs";

const SIDE = 500;
const INPUTS = 10_000;
const STEP_MS = 300;

const folder = mkdtempSync(join(tmpdir(), "cassette-much-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** Many inputs, on the largest screens. */
function recording() {
  const events = Array.from({ length: INPUTS }, (_, at) => ({
    ...{ kind: "input", t_ms: at * STEP_MS, seq: 2 * at + 1 },
    text: `"key ${at}" Enter`,
  }));
  return {
    ...{ title: "much", summary: "much", durationMs: INPUTS * STEP_MS, facts: [], events },
    async *screens() {
      for (let at = 0; at < 4; at++) {
        const row = (number) => `${at}:${number} ${"x".repeat(SIDE - 20)}`;
        const output = Array.from({ length: SIDE }, (_, number) => row(number)).join("\r\n");
        const screen = await screenOf(output, { rows: SIDE, cols: SIDE });
        yield { screen, t_ms: (at * INPUTS * STEP_MS) / 4, seq: (2 * at * INPUTS) / 4 };
      }
    },
  };
}

describe("a page of 10,000 inputs on screens of 500 rows and columns, in Chromium", () => {
  if (!findBrowser("chromium")) {
    it.skip("chromium is not installed", () => {});
    return;
  }

  it("shows them all", async () => {
    let html = "";
    for await (const piece of renderPage(recording(), {})) html += piece;
    writeFileSync(join(folder, "much.html"), html);
    const browser = await openChromium();
    try {
      await browser.open(join(folder, "much.html"));
      await browser.evaluate(complete);
      expect(await browser.evaluate(facts)).toEqual({
        rows: SIDE,
        first: "0:0",
        last: "0:499",
        overflows: false,
      });
      await browser.press("End");
      expect(await browser.evaluate(facts)).toMatchObject({ first: "3:0", last: "3:499" });
      expect(await browser.evaluate(currentEvent)).toBe(`"key ${(3 * INPUTS) / 4 - 1}" Enter`);
      for (const key of ["/", ..."2:499 "]) await browser.press(key);
      expect(await browser.evaluate(hits)).toBe(1);
      expect(browser.faults).toEqual([]);
    } finally {
      await browser.close();
    }
  }, 60_000);
});

// These run in the page.

function complete() {
  return new Promise((resolve) => {
    const look = () =>
      document.querySelector("[data-state=complete]") ? resolve(true) : setTimeout(look, 10);
    look();
  });
}

function facts() {
  const rows = [...document.querySelectorAll(".screen .row")].map((row) => row.textContent);
  return {
    rows: rows.length,
    first: rows[0].split(" ")[0],
    last: rows.at(-1).split(" ")[0],
    overflows: document.documentElement.scrollWidth > innerWidth,
  };
}

function currentEvent() {
  return document.querySelector(".events [aria-current] .what")?.textContent;
}

function hits() {
  return document.querySelectorAll(".hits .what").length;
}
