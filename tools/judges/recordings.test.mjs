// Recordings of other tools: converted, verified, and their last screens compared with tmux's for the same bytes.
// `pnpm judges recordings FOLDER` takes every file in a folder; without one, three recordings that are made here.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openCassette } from "@cassette/core/reader";
import { screensOf } from "@cassette/terminal/parts";
import { openRecording } from "@cassette/terminal/recordings";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hasTmux } from "../../packages/frames/test/tmux-screen.ts";
import { startTmuxServer } from "../../packages/frames/test/tmux-server.ts";

const FOLDER = process.env.CASSETTE_RECORDINGS;
const COMMAND = join(import.meta.dirname, "../../packages/cli/dist/main.cjs");

const SAMPLES = {
  "wide.cast": [
    { version: 2, width: 20, height: 4 },
    [0.1, "o", "\u{1f600} 漢字 e\u0301\r\n"],
    [0.2, "o", "\u001b[31mred\u001b[m\u001b[5;1Hx\u001b[1;18Hend of it"],
  ],
  "resized.cast": [
    { version: 3, term: { cols: 30, rows: 6 } },
    [0.1, "o", "a long line that is wrapped until it gets wide\r\nnext"],
    [0.1, "r", "60x6"],
    [0.1, "o", "\r\nlast"],
  ],
  "alternate.cast": [
    { version: 2, width: 20, height: 4 },
    [0.1, "o", "main\u001b[?1049h\u001b[Halt"],
    [0.2, "o", "\u001b[?1049l!"],
  ],
};

/** The title of a window in screen and tmux, `ESC k`. Other terminals do not know it, and print its text. */
const SCREEN_TITLE = Buffer.from("\x1bk");

const folder = mkdtempSync(join(tmpdir(), "cassette-recordings-"));
for (const [name, lines] of Object.entries(SAMPLES))
  writeFileSync(join(folder, name), lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
afterAll(() => rmSync(folder, { recursive: true }));

/** Size and steps of a file, read by no code of ours; null for a file that another implementation refuses as well. */
function stepsOf(path) {
  const bytes = readFileSync(path);
  const size = { rows: 24, cols: 80 };
  try {
    return bytes[0] === 0x7b ? stepsOfCast(bytes.toString("utf8")) : { size, steps: stepsOfTtyrec(bytes) };
  } catch {
    return null;
  }
}

function stepsOfCast(text) {
  const [first, ...lines] = text.split("\n").filter((line) => line.trim() !== "" && !line.startsWith("#"));
  const header = JSON.parse(text.startsWith('{"version": 1') ? text : first);
  const { width, height, term: { cols = width, rows = height } = {} } = header;
  const events = header.stdout?.map(([, data]) => [0, "o", data]) ?? lines.map((line) => JSON.parse(line));
  const steps = events.flatMap(([time, code, data]) => {
    if (!(time >= 0) || typeof code !== "string" || typeof data !== "string") throw new Error("no event");
    if (code === "o") return [Buffer.from(data)];
    const [, newCols, newRows] = /^(\d+)x(\d+)$/.exec(code === "r" ? data : "") ?? [];
    if (code === "r" && newCols === undefined) throw new Error("no size");
    return code === "r" ? [{ cols: Number(newCols), rows: Number(newRows) }] : [];
  });
  return { size: { rows, cols }, steps };
}

function stepsOfTtyrec(bytes) {
  const steps = [];
  for (let at = 0; at + 12 <= bytes.length; ) {
    const end = at + 12 + bytes.readUInt32LE(at + 8);
    if (bytes.readUInt32LE(at + 4) >= 1e6) throw new Error("no record");
    if (end <= bytes.length) steps.push(bytes.subarray(at + 12, end));
    at = end;
  }
  if (steps.length === 0) throw new Error("empty");
  return steps;
}

/** One write for what follows each other, as tmux is asked after each. */
function joined(steps) {
  const together = [];
  for (const step of steps) {
    const last = together.at(-1);
    if (Buffer.isBuffer(step) && Buffer.isBuffer(last))
      together[together.length - 1] = Buffer.concat([last, step]);
    else together.push(step);
  }
  return together;
}

async function lastScreen(cassette) {
  const screens = screensOf(cassette);
  const { screen } = await screens.at({ t_ms: Number.POSITIVE_INFINITY });
  screens.close();
  return { text: screen.text, cursor: [screen.cursor.Row, screen.cursor.Col] };
}

const convert = (path, target) =>
  execFileSync(process.execPath, [COMMAND, "convert", path, target, "--quiet"], {
    stdio: "pipe",
    encoding: "utf8",
  });

describe("cassette convert", () => {
  let server;
  beforeAll(() => {
    if (hasTmux) server = startTmuxServer();
  });
  afterAll(() => server?.close());

  const paths = FOLDER
    ? readdirSync(FOLDER).map((name) => [name, join(FOLDER, name)])
    : Object.keys(SAMPLES).map((name) => [name, join(folder, name)]);
  it.skipIf(!hasTmux).each(paths)("shows what tmux shows: %s", async (name, path) => {
    const expected = stepsOf(path);
    const target = join(folder, `${name}.cassette`);
    if (expected === null) {
      expect(() => convert(path, target)).toThrow(/CASSETTE_SOURCE_INVALID/);
      return;
    }
    convert(path, target);
    await (await openCassette(target, { integrity: "required" })).close();
    const cassette = await openRecording(path);
    const ours = await lastScreen(cassette);
    await cassette.close();
    const { text, cursor } = await server.show(expected.size, joined(expected.steps));
    const { cols } = expected.steps.findLast((step) => !Buffer.isBuffer(step)) ?? expected.size;
    const theirs = { text, cursor: [cursor.Row, Math.min(cursor.Col, cols - 1)] };
    const hasTitle = expected.steps.some((step) => Buffer.isBuffer(step) && step.includes(SCREEN_TITLE));
    if (!hasTitle) expect(ours).toEqual(theirs);
  });
});
