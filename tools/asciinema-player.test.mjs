import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { readCassette, writeAsciicast } from "@cassette/convert";
import { screensOf } from "@cassette/terminal/parts";
import { openRecording } from "@cassette/terminal/recordings";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findBrowser, openChromium } from "./pictures/browsers.mjs";

const root = dirname(import.meta.dirname);
const PLAYER = dirname(createRequire(import.meta.url).resolve("asciinema-player"));
const LESS = join(root, "packages/format/conformance/go-v1/cassettes/real-less");

const folder = mkdtempSync(join(tmpdir(), "cassette-player-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** A recording whose characters are cut between events, with wide ones, a resize and what is beyond the end of a row. */
function hardRecording() {
  const path = join(folder, "hard.cast");
  const events = [
    [0.1, "o", "\u001b[31mred\u001b[m 漢字 \u{1f600}\r\n"],
    [0.2, "r", "40x8"],
    [0.3, "o", "a line that is longer than a row, so that it is wrapped\r\n"],
    [0.4, "o", "\u001b[8;35Hbottom"],
  ];
  const lines = [{ version: 2, width: 30, height: 6 }, ...events];
  writeFileSync(path, lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
  return path;
}

/** A recording of less, up to the last page that it shows: then it gives the empty screen back. */
async function pageOfLess() {
  const path = join(folder, "less.cast");
  await convert(LESS, path, 2);
  const lines = readFileSync(path, "utf8").split("\n");
  const end = lines.findLastIndex((line) => line.includes("less-line"));
  writeFileSync(path, lines.slice(0, end + 1).join("\n"));
  return path;
}

async function convert(source, target, version) {
  const cassette = await openRecording(source);
  let text = "";
  for await (const piece of writeAsciicast(readCassette(cassette), { version }).pieces()) text += piece;
  await cassette.close();
  writeFileSync(target, text);
}

async function lastScreen(path) {
  const cassette = await openRecording(path);
  const screens = screensOf(cassette);
  const { screen } = await screens.at({ t_ms: Number.POSITIVE_INFINITY });
  screens.close();
  await cassette.close();
  return screen.text;
}

/** A page with the player at the end of a recording. */
function pageOf(cast) {
  const path = join(folder, `${Math.random()}.html`);
  const script = pathToFileURL(join(PLAYER, "bundle/asciinema-player.min.js"));
  const data = JSON.stringify(readFileSync(cast, "utf8")).replaceAll("<", "\\u003c");
  writeFileSync(
    path,
    `<!DOCTYPE html><meta charset="utf-8"><div id="player"></div><script src="${script}"></script><script>
    window.player = AsciinemaPlayer.create({ data: ${data} }, document.getElementById("player"), { preload: true, terminalFontFamily: "monospace" });
    </script>`,
  );
  return path;
}

/** In the page: seeks to the end and gives the rows of the text that the player shows. */
async function rowsAtTheEnd() {
  await window.player.play();
  await window.player.seek("100%");
  await window.player.pause();
  await new Promise((resolve) => setTimeout(resolve, 500));
  const lines = document.querySelectorAll(".ap-line");
  return [...lines].map(({ textContent }) => textContent.replace(/[\s\u00a0]+$/, ""));
}

describe("asciinema-player", () => {
  let browser;
  beforeAll(async () => {
    if (findBrowser("chromium")) browser = await openChromium(["--allow-file-access-from-files"]);
  });
  afterAll(() => browser?.close());

  for (const version of [2, 3])
    for (const name of ["less", "hard"])
      it.skipIf(!findBrowser("chromium"))(
        `shows the last screen of version ${version}: ${name}`,
        async () => {
          const source = name === "less" ? await pageOfLess() : hardRecording();
          const cast = join(folder, `${version}-${name}.cast`);
          await convert(source, cast, version);
          const screen = await lastScreen(source);
          expect(screen.join("").trim()).not.toBe("");
          await browser.open(pageOf(cast));
          expect(await browser.evaluate(rowsAtTheEnd)).toEqual(screen);
        },
      );
});
