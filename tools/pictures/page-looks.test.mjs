import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { renderPage } from "@cassette/render/page";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findBrowser, openChromium } from "./browsers.mjs";
import { screenOf } from "./screens.mjs";

const GOLDENS = join(import.meta.dirname, "goldens");
/** Fonts and browsers differ: squares of so many pixels are compared by their mean colour. */
const SQUARE = 10;
/** Of 255, in one colour; in more squares than this two pictures are not the same. */
const MOST_DIFFERENCE = 24;
const MOST_SQUARES = 0.001;

const folder = mkdtempSync(join(tmpdir(), "cassette-looks-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** A recording with the same screens and times in every run. */
function recording(word) {
  const steps = [
    "\x1b[1;44m tasks \x1b[m\r\n\r\n  1  write it down\r\n  2  do it\r\n",
    `\x1b[3;1H\x1b[7m> 1  write it ${word}\x1b[m\r\n`,
    `\x1b[3;1H\x1b[K\x1b[32m✓ 1  write it ${word}\x1b[m\r\n\x1b[7;1H漢字 👍 \x1b[4:3;58;5;1mdone\x1b[m`,
    "\x1b[8;1H\x1b[31;1merror:\x1b[m \x1b[3mno such file\x1b[m",
  ];
  return {
    ...{ title: "tasks --all", summary: "8.0 s · 60×10 · no secrets found", durationMs: 8_000 },
    facts: [
      ["program", "tasks --all"],
      ["exit", "1"],
    ],
    events: [
      { kind: "input", t_ms: 1_000, seq: 10, text: "Down" },
      { kind: "mark", t_ms: 4_000, seq: 30, text: "before the end" },
      { kind: "service", t_ms: 5_000, seq: 35, text: '{"type":"saved"}', detail: '{\n  "type": "saved"\n}' },
      { kind: "exit", t_ms: 8_000, seq: 50, text: "exit 1" },
    ],
    async *screens() {
      for (const [index] of steps.entries()) {
        const screen = await screenOf(steps.slice(0, index + 1).join(""), { rows: 10, cols: 60 });
        yield { screen, t_ms: index * 2_000, seq: 5 + index * 10 };
      }
    },
  };
}

const VIEWS = {
  light: { scheme: "light", size: [1_300, 900], file: "page.html" },
  dark: { scheme: "dark", size: [1_300, 900], file: "page.html" },
  narrow: { scheme: "light", size: [360, 740], file: "page.html" },
  diff: { scheme: "light", size: [1_300, 900], file: "diff.html" },
};

describe("the look of a page, in Chromium", () => {
  if (!findBrowser("chromium")) {
    it.skip("chromium is not installed", () => {});
    return;
  }

  beforeAll(async () => {
    const differences = [{ label: "after Down", seq: 15, otherSeq: 15, rows: [2] }];
    const other = { recording: recording("again"), differences };
    writeFileSync(join(folder, "page.html"), await whole(renderPage(recording("down"), {})));
    writeFileSync(join(folder, "diff.html"), await whole(renderPage(recording("down"), { other })));
  }, 60_000);

  it.each(Object.entries(VIEWS))(
    "has not changed: %s",
    async (name, { scheme, size, file }) => {
      const browser = await openChromium([], scheme);
      try {
        await browser.resize(...size);
        await browser.open(join(folder, file), file === "page.html" ? "#t=6.5" : "");
        await browser.evaluate(complete);
        const picture = Buffer.from(await browser.screenshot());
        const golden = join(GOLDENS, `page-${name}.png`);
        // Look at the pictures before they are committed.
        if (process.env.CASSETTE_UPDATE_GOLDENS) writeFileSync(golden, picture);
        const pictures = [readFileSync(golden), picture].map((bytes) => bytes.toString("base64"));
        await browser.open(join(folder, "blank.html"));
        const { squares, different } = await browser.evaluate(compare, { pictures, SQUARE, MOST_DIFFERENCE });
        expect(squares).toBeGreaterThan(1_000);
        expect(different / squares).toBeLessThan(MOST_SQUARES);
      } finally {
        await browser.close();
      }
    },
    60_000,
  );

  it("has another look where a row is missing", async () => {
    const browser = await openChromium();
    try {
      await browser.open(join(folder, "page.html"), "#t=6.5");
      await browser.evaluate(complete);
      await browser.evaluate(() => {
        document.querySelectorAll(".screen .row")[7].remove();
      });
      const pictures = [
        readFileSync(join(GOLDENS, "page-light.png")),
        Buffer.from(await browser.screenshot()),
      ];
      await browser.open(join(folder, "blank.html"));
      const { squares, different } = await browser.evaluate(compare, {
        pictures: pictures.map((bytes) => bytes.toString("base64")),
        SQUARE,
        MOST_DIFFERENCE,
      });
      expect(different / squares).toBeGreaterThan(MOST_SQUARES);
    } finally {
      await browser.close();
    }
  }, 60_000);
});

async function whole(pieces) {
  writeFileSync(join(folder, "blank.html"), "<!DOCTYPE html><title>blank</title>");
  let html = "";
  for await (const piece of pieces) html += piece;
  return html;
}

// These run in the page.

function complete() {
  return new Promise((resolve) => {
    const look = () =>
      document.querySelector("[data-state=complete]")
        ? requestAnimationFrame(() => resolve(true))
        : setTimeout(look, 10);
    look();
  });
}

/** Counts the squares whose mean colours differ. */
async function compare({ pictures, SQUARE, MOST_DIFFERENCE }) {
  const sides = await Promise.all(
    pictures.map(async (base64) => {
      const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
      const image = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
      const [width, height] = [Math.ceil(image.width / SQUARE), Math.ceil(image.height / SQUARE)];
      const canvas = new OffscreenCanvas(width, height);
      const context = canvas.getContext("2d");
      context.imageSmoothingQuality = "high";
      context.drawImage(image, 0, 0, width, height);
      return { width, height, data: context.getImageData(0, 0, width, height).data };
    }),
  );
  const [one, two] = sides;
  const squares = one.width * one.height;
  if (one.width !== two.width || one.height !== two.height) return { squares, different: squares };
  let different = 0;
  for (let at = 0; at < one.data.length; at += 4) {
    const differs = [0, 1, 2].some(
      (color) => Math.abs(one.data[at + color] - two.data[at + color]) > MOST_DIFFERENCE,
    );
    if (differs) different++;
  }
  return { squares, different };
}
