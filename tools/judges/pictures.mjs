// Compares our pictures of real programs with a real xterm's, cell by cell. Needs Xvfb, xterm, xwd, Chromium and the DejaVu fonts.
import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { namedTheme, renderPng, renderSvg } from "@cassette/render";
import { openChromium } from "../pictures/browsers.mjs";
import { lastMoment } from "../pictures/screens.mjs";

/** Recordings of the frames package: one size each, and nothing that xterm is known to draw differently (see docs/screens.md). */
const PROGRAMS =
  "dialog-chosen dialog-gauge dialog-menu fish git-diff git-graph git-log htop ink less-long-lines less-open mc-menu mc-open nano-open node-repl nvim-open python-repl tmux-inside tmux-open top-open vim-open vim-split vim-typed vim-unicode".split(
    " ",
  );

const DISPLAY = ":73";
const FONT_SIZE = 15;
/** Points at 96 dots an inch. */
const FONT_POINTS = FONT_SIZE * 0.75;
/** How far the average of a cell may be from xterm's, of 255: the same glyph is drawn by two rasterisers on cells of different height. */
const TOLERANCE = 26;
/** What of the cells of a screen may be further: glyphs that the fonts of the system have in another place. */
const MOST_FAR = 0.01;

/** @returns {Promise<Map<string, boolean>>} for each program and kind of picture whether it looks like xterm's */
export async function judgePictures() {
  const folder = mkdtempSync(join(tmpdir(), "cassette-xterm-"));
  const server = spawn("Xvfb", [DISPLAY, "-screen", "0", "2000x1400x24", "-dpi", "96"], { stdio: "ignore" });
  const browser = await openChromium();
  const verdicts = new Map();
  try {
    await sleep(1_000);
    writeFileSync(join(folder, "page.html"), "<body>");
    await browser.open(join(folder, "page.html"));
    for (const name of PROGRAMS) {
      const { screen, output } = await lastMoment(name);
      const theirs = await screenshot(folder, screen.size, output);
      for (const [kind, image] of await picturesOf(screen)) {
        const ours = await browser.evaluate(cellsOf, { image, ...screen.size });
        const far = distances(ours, theirs).filter((distance) => distance > TOLERANCE);
        if (far.length > 0)
          console.log(`  ${name}, ${kind}: ${far.length} cells differ, at most by ${Math.max(...far)}`);
        verdicts.set(`${name}, ${kind}`, far.length <= MOST_FAR * theirs.length);
      }
    }
  } finally {
    await browser.close();
    server.kill();
    rmSync(folder, { recursive: true });
  }
  return verdicts;
}

/** Both kinds of pictures as URLs of a browser. */
async function picturesOf(screen) {
  const options = { theme: "xterm", padding: 0, cursor: false, fontSize: FONT_SIZE };
  const svg = renderSvg(screen, { ...options, fontFamily: "DejaVu Sans Mono" });
  const png = await renderPng(screen, options);
  const url = (type, bytes) => `data:${type};base64,${Buffer.from(bytes).toString("base64")}`;
  return [
    ["SVG", url("image/svg+xml", svg)],
    ["PNG", url("image/png", png)],
  ];
}

/** Runs in the page: the average colour of each cell, row by row. */
async function cellsOf({ image: source, Rows, Cols }) {
  const image = new Image();
  image.src = source;
  await image.decode();
  const canvas = new OffscreenCanvas(image.naturalWidth, image.naturalHeight);
  const context = canvas.getContext("2d");
  context.drawImage(image, 0, 0);
  const { data, width, height } = context.getImageData(0, 0, canvas.width, canvas.height);
  const [cellWidth, cellHeight] = [width / Cols, height / Rows];
  return Array.from({ length: Rows * Cols }, (_, cell) => {
    const [left, top] = [(cell % Cols) * cellWidth, Math.floor(cell / Cols) * cellHeight];
    const sums = [0, 0, 0];
    for (let y = top; y < top + cellHeight; y++)
      for (let x = left; x < left + cellWidth; x++)
        for (let part = 0; part < 3; part++) sums[part] += data[4 * (y * width + x) + part];
    return sums.map((sum) => sum / (cellWidth * cellHeight));
  });
}

/** How far apart two lists of colours are, by the part of each colour that differs most. */
function distances(ours, theirs) {
  return ours.map((color, cell) =>
    Math.round(Math.max(...color.map((part, index) => Math.abs(part - theirs[cell][index])))),
  );
}

/** The average colours of the cells of an xterm that was given some output. */
async function screenshot(folder, { Rows, Cols }, output) {
  const [raw, done] = [join(folder, "output"), join(folder, "done")];
  writeFileSync(raw, output);
  rmSync(done, { force: true });
  const show = `stty raw -echo; cat ${raw}; printf '\\033[?25l'; sleep 0.3; touch ${done}; exec sleep 60`;
  const geometry = ["-geometry", `${Cols}x${Rows}+0+0`, "-b", "0", "-bw", "0", "+sb"];
  const font = ["-fa", "DejaVu Sans Mono", "-fs", String(FONT_POINTS)];
  const args = [...geometry, ...font, ...colorOptions(), "-title", "judge", "-e", "sh", "-c", show];
  const xterm = spawn("xterm", args, {
    env: { ...process.env, DISPLAY, LC_ALL: "C.UTF-8" },
    stdio: "ignore",
  });
  try {
    for (let tries = 0; !existsSync(done); tries++) {
      if (tries > 300) throw new Error("xterm did not show the output");
      await sleep(50);
    }
    await sleep(200);
    return averages(parseXwd(capture(xterm.pid)), Rows, Cols);
  } finally {
    xterm.kill();
  }
}

function colorOptions() {
  const { foreground, background, palette } = namedTheme("xterm");
  const hex = (rgb) => `#${rgb.toString(16).padStart(6, "0")}`;
  const resources = {
    foreground: hex(foreground),
    background: hex(background),
    ...Object.fromEntries(palette.map((rgb, index) => [`color${index}`, hex(rgb)])),
    cursorBlink: "never",
  };
  return Object.entries(resources).flatMap(([name, value]) => ["-xrm", `XTerm*${name}: ${value}`]);
}

function capture(pid) {
  const run = (command, args) =>
    execFileSync(command, args, { env: { ...process.env, DISPLAY }, maxBuffer: 64 << 20 });
  const window = run("xdotool", ["search", "--onlyvisible", "--pid", String(pid)])
    .toString()
    .trim()
    .split("\n")
    .at(-1);
  return run("xwd", ["-silent", "-id", window]);
}

/** The X11 window dump of a server with 32 bits a pixel, lowest byte first. */
function parseXwd(dump) {
  const field = (index) => dump.readUInt32BE(4 * index);
  const start = field(0) + 12 * field(19);
  return { width: field(4), height: field(5), stride: field(12), pixels: dump.subarray(start) };
}

function averages({ width, height, stride, pixels }, rows, cols) {
  const [cellWidth, cellHeight] = [width / cols, height / rows];
  return Array.from({ length: rows * cols }, (_, cell) => {
    const [left, top] = [(cell % cols) * cellWidth, Math.floor(cell / cols) * cellHeight];
    const sums = [0, 0, 0];
    for (let y = top; y < top + cellHeight; y++)
      for (let x = left; x < left + cellWidth; x++)
        for (let part = 0; part < 3; part++) sums[part] += pixels[y * stride + 4 * x + 2 - part];
    return sums.map((sum) => sum / (cellWidth * cellHeight));
  });
}
