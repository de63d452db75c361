import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { animateSvg, renderGif, renderPng, renderSvg } from "@cassette/render";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findBrowser, openChromium, openFirefox } from "./browsers.mjs";
import { HOSTILE } from "./hostile.mjs";
import { charactersByRow, hostileScreen, lastScreen, screenOf, timedScreens } from "./screens.mjs";

const FONT_SIZE = 15;
const PADDING = 15;
const CELL = 9;
/** Screens with boxes, colours, wide characters, marks, emoji and letters from right to left. */
const SCREENS = [
  "htop",
  "mc-menu",
  "vim-unicode",
  "cjk",
  "combining",
  "emoji",
  "less-unicode",
  "ink",
  "dialog-menu",
];
const MIXED = "漢字a 👍b e\u0301c עברית العربية ⚠\ufe0f ⠋ → ✔ WWWiii\u{1d400}z 한글";
const FONTS = { "the default font": undefined, "a proportional font": "serif" };

const folder = mkdtempSync(join(tmpdir(), "cassette-pictures-"));
afterAll(() => rmSync(folder, { recursive: true }));

function write(name, content) {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

/**
 * Runs in the page: the characters of each row with the left edge of their boxes. Firefox gives ranges of scaled SVG text in
 * another scale, so there the SVG's own interface is asked.
 */
function measure() {
  const clusters = new Intl.Segmenter("en", { granularity: "grapheme" });
  const isFirefox = navigator.userAgent.includes("Firefox");
  const byRange = (node, index, length) => {
    const range = document.createRange();
    range.setStart(node, index);
    range.setEnd(node, index + length);
    return range.getBoundingClientRect().left;
  };
  const byExtent = (text, index) => {
    const { x, y } = text.getExtentOfChar(index);
    return new DOMPoint(x, y).matrixTransform(text.getScreenCTM()).x;
  };
  return [...document.querySelectorAll("text")].map((text) => {
    const found = [];
    const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
    let before = 0;
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      for (const { segment, index } of clusters.segment(node.data)) {
        if (segment === " ") continue;
        const left = isFirefox ? byExtent(text, before + index) : byRange(node, index, segment.length);
        found.push([segment, left]);
      }
      before += node.data.length;
    }
    return found;
  });
}

/** How far the worst character is from its column, in pixels. */
async function worstError(browser, screen, fontFamily) {
  const file = write(
    "measured.svg",
    renderSvg(screen, { fontSize: FONT_SIZE, padding: PADDING, fontFamily, cursor: false }),
  );
  await browser.open(file);
  const measured = await browser.evaluate(measure);
  const expected = charactersByRow(screen);
  expect(measured.map((row) => row.map(([cluster]) => cluster).join(""))).toEqual(
    expected.map((row) => row.map(([cluster]) => cluster).join("")),
  );
  const errors = measured.flatMap((row, index) => {
    const columns = new Map();
    let at = 0;
    for (const [cluster, col] of expected[index]) {
      columns.set(at, col);
      at += cluster.length;
    }
    let position = 0;
    return row.flatMap(([cluster, left]) => {
      const col = columns.get(position);
      position += cluster.length;
      return col === undefined ? [] : [Math.abs(left - PADDING - col * CELL)];
    });
  });
  return Math.max(...errors);
}

describe.skipIf(!findBrowser("chromium"))("SVG in Chromium", () => {
  /** @type {import("./browsers.mjs").Browser} */
  let browser;
  beforeAll(async () => {
    browser = await openChromium();
  });
  afterAll(() => browser.close());

  describe.each(Object.entries(FONTS))("in %s", (_name, fontFamily) => {
    it.each(SCREENS)("%s: every character is in its column", async (name) => {
      expect(await worstError(browser, await lastScreen(name), fontFamily)).toBeLessThan(0.5);
    });

    it("mixed scripts: every character is in its column", async () => {
      expect(await worstError(browser, await screenOf(MIXED), fontFamily)).toBeLessThan(0.5);
    });
  });

  it("plays inside an image, and does not move for readers who prefer that", async () => {
    const screens = [
      { screen: await screenOf("\x1b[41m\x1b[2J"), durationMs: 300 },
      { screen: await screenOf("\x1b[42m\x1b[2Jend"), durationMs: 300 },
    ];
    write("moving.svg", await animateSvg(screens));
    const page = write("page.html", '<body style="margin:0"><img src="moving.svg">');
    await browser.open(page);
    expect(await differentPictures(browser, 12)).toBe(2);
    // The preference of a page does not reach its images, that of the browser does.
    const calm = await openChromium(["--force-prefers-reduced-motion"]);
    await calm.open(page);
    expect(await differentPictures(calm, 6)).toBe(1);
    await calm.close();
  });

  it("is light or dark as the reader prefers", async () => {
    const file = write("auto.svg", renderSvg(await screenOf("\x1b[31mred"), { theme: "auto" }));
    const fills = () =>
      [...document.querySelectorAll("rect:not([stroke]), text")].map((part) => getComputedStyle(part).fill);
    await browser.open(file);
    const light = await browser.evaluate(fills);
    const inTheDark = await openChromium([], "dark");
    await inTheDark.open(file);
    const dark = await inTheDark.evaluate(fills);
    await inTheDark.close();
    expect(light[0]).toBe("rgb(251, 252, 253)");
    expect(dark[0]).toBe("rgb(20, 23, 31)");
    expect(dark.at(-1)).not.toBe(light.at(-1));
  });

  it.each(HOSTILE.map((text) => [text]))("is harmless with %j", async (text) => {
    const screen = await hostileScreen(text);
    const options = { title: text, window: true };
    browser.faults.length = 0;
    await browser.open(write("hostile.svg", renderSvg(screen, options)));
    const still = await browser.evaluate(inventory);
    await browser.open(
      write(
        "hostile-moving.svg",
        await animateSvg(
          [
            { screen, durationMs: 100 },
            { screen: await screenOf("x"), durationMs: 9 },
          ],
          options,
        ),
      ),
    );
    const moving = await browser.evaluate(inventory);
    const inline = renderSvg(screen, { ...options, prefix: "q" });
    await browser.open(
      write("hostile.html", `<!DOCTYPE html><meta charset="utf-8"><body>${inline}<p id="after">`),
    );
    const inPage = await browser.evaluate(inventory);
    const allowed = { elements: [], attributes: [], links: [] };
    expect([still, moving, inPage]).toEqual([allowed, allowed, allowed]);
    expect(browser.faults).toEqual([]);
  });

  it("decodes the frames and times of a GIF, the last of which is the PNG", async () => {
    const screens = [];
    for await (const timed of timedScreens("mc-menu"))
      screens.push({ ...timed, durationMs: 20 * Math.ceil(timed.durationMs / 20) });
    const pieces = [];
    for await (const piece of renderGif(screens, { padding: 0 })) pieces.push(piece);
    const png = await renderPng(screens.at(-1).screen, { padding: 0 });
    await browser.open(write("blank.html", "<body>"));
    const images = {
      gif: Buffer.concat(pieces).toString("base64"),
      png: Buffer.from(png).toString("base64"),
    };
    const { durationMs, differing } = await browser.evaluate(comparePictures, images);
    expect(durationMs).toBe(screens.reduce((sum, screen) => sum + screen.durationMs, 0));
    expect(differing).toBe(0);
  });
});

describe.skipIf(!findBrowser("firefox"))("SVG in Firefox", () => {
  /** @type {import("./browsers.mjs").Browser} */
  let browser;
  beforeAll(async () => {
    browser = await openFirefox();
  });
  afterAll(() => browser.close());

  describe.each(Object.entries(FONTS))("in %s", (_name, fontFamily) => {
    it.each(SCREENS)("%s: every character is in its column", async (name) => {
      expect(await worstError(browser, await lastScreen(name), fontFamily)).toBeLessThan(0.5);
    });

    it("mixed scripts: every character is in its column", async () => {
      expect(await worstError(browser, await screenOf(MIXED), fontFamily)).toBeLessThan(0.5);
    });
  });

  it("plays inside an image", async () => {
    const screens = [
      { screen: await screenOf("\x1b[41m\x1b[2J"), durationMs: 400 },
      { screen: await screenOf("\x1b[42m\x1b[2Jend"), durationMs: 400 },
    ];
    write("moving.svg", await animateSvg(screens));
    await browser.open(write("page.html", '<body style="margin:0"><img src="moving.svg">'));
    expect(await differentPictures(browser, 12)).toBe(2);
  });
});

/** Runs in the page: what no picture has. */
function inventory() {
  const known = "svg title desc style defs g use rect path circle text tspan a".split(" ");
  const ours = document.documentElement.localName === "svg" ? document : document.querySelector("svg");
  const elements = [...ours.querySelectorAll("*")];
  const inPage =
    ours === document ? [] : [...document.body.children].map(({ id, localName }) => id || localName);
  return {
    elements: [
      ...elements.map(({ localName }) => localName).filter((name) => !known.includes(name)),
      ...inPage.filter((name) => !["svg", "after"].includes(name)),
    ],
    attributes: elements.flatMap((element) =>
      element.getAttributeNames().filter((name) => /^on|style|xlink/i.test(name)),
    ),
    links: elements
      .map((element) => element.getAttribute("href"))
      .filter((href) => href !== null && !/^(https?:\/\/|#)/.test(href)),
  };
}

async function differentPictures(browser, count) {
  await browser.evaluate(() => document.images[0].decode());
  const seen = new Set();
  for (let index = 0; index < count; index++) {
    seen.add(Buffer.from(await browser.screenshot()).toString("base64"));
    await new Promise((resolve) => setTimeout(resolve, 70));
  }
  return seen.size;
}

/** Runs in the page: decodes both with the browser's own decoders. */
async function comparePictures({ gif, png }) {
  const bytesOf = (text) => Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
  const decoder = new ImageDecoder({ data: bytesOf(gif), type: "image/gif" });
  await decoder.tracks.ready;
  await decoder.completed;
  const frames = decoder.tracks.selectedTrack.frameCount;
  let durationUs = 0;
  let last;
  for (let frameIndex = 0; frameIndex < frames; frameIndex++) {
    last?.close();
    last = (await decoder.decode({ frameIndex })).image;
    durationUs += last.duration;
  }
  const still = await createImageBitmap(new Blob([bytesOf(png)], { type: "image/png" }));
  const pixels = (image) => {
    const canvas = new OffscreenCanvas(still.width, still.height);
    const context = canvas.getContext("2d");
    context.drawImage(image, 0, 0);
    return new Uint32Array(context.getImageData(0, 0, still.width, still.height).data.buffer);
  };
  const [shown, expected] = [pixels(last), pixels(still)];
  let differing = 0;
  for (let at = 0; at < shown.length; at++) {
    // The corners of a PNG are round, the edge of a GIF is square.
    const [x, y] = [at % still.width, Math.floor(at / still.width)];
    const isEdge = x < 9 || y < 9 || x >= still.width - 9 || y >= still.height - 9;
    if (!isEdge && shown[at] !== expected[at]) differing++;
  }
  return { durationMs: durationUs / 1_000, differing };
}
