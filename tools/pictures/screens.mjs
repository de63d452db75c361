import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { graphemesByColumn } from "@cassette/format";
import { createXtermEmulator } from "@cassette/frames";

const FOLDER = join(dirname(dirname(import.meta.dirname)), "packages/frames/fixtures/recordings");

/** Names of the recordings of real programs that the frames package keeps. */
export const RECORDINGS = readdirSync(FOLDER)
  .filter((file) => file.endsWith(".raw"))
  .map((file) => file.slice(0, -4))
  .sort();

/**
 * The screens of a recording, one after each piece of output, each with the time until the next and all output up to it.
 * @param {string} name
 */
export async function* timedScreens(name) {
  const output = readFileSync(join(FOLDER, `${name}.raw`));
  const { rows, cols, events } = JSON.parse(readFileSync(join(FOLDER, `${name}.json`), "utf8"));
  const emulator = createXtermEmulator({ rows, cols });
  let offset = 0;
  for (const [index, [t_ms, what, more]] of events.entries()) {
    if (what === "input") continue;
    if (more !== undefined) emulator.resize({ rows: what, cols: more });
    else {
      await emulator.feed(output.subarray(offset, offset + what));
      offset += what;
    }
    const durationMs = (events[index + 1]?.[0] ?? t_ms + 1_000) - t_ms;
    const screen = emulator.snapshot({ cells: true, details: true });
    yield { screen, durationMs, output: output.subarray(0, offset) };
  }
  emulator.close();
}

/**
 * The last screen of a recording that has text.
 * @param {string} name
 */
export async function lastScreen(name) {
  return (await lastMoment(name)).screen;
}

/**
 * The last screen of a recording that has text, with all output up to it.
 * @param {string} name
 */
export async function lastMoment(name) {
  let last;
  for await (const moment of timedScreens(name))
    if (last === undefined || moment.screen.text.some((row) => row !== "")) last = moment;
  return last;
}

/**
 * The screen that some output gives.
 * @param {string | Uint8Array} output
 */
export async function screenOf(output, size = { rows: 6, cols: 80 }) {
  const emulator = createXtermEmulator(size);
  await emulator.feed(Buffer.from(output));
  const screen = emulator.snapshot({ cells: true, details: true });
  emulator.close();
  return screen;
}

/**
 * The characters of a screen that a font draws, with their columns, row by row; rows without any are left out.
 * @param {import("@cassette/format").Screen} screen
 */
export function charactersByRow({ cells = [], text }) {
  return cells
    .map((row, index) =>
      graphemesByColumn(row, text[index] ?? "").flatMap((cluster, col) =>
        cluster === undefined || cluster === " " || row[col].Mode & 256 || isShape(cluster)
          ? []
          : [[cluster, col]],
      ),
    )
    .filter((row) => row.length > 0);
}

/** Boxes, blocks, separators of status lines and sextants: as the README says, shapes. */
function isShape(cluster) {
  return /^[\u2500-\u259f\ue0b0\ue0b2\ue0b8\ue0ba\ue0bc\ue0be\u{1fb00}-\u{1fb3b}]/u.test(cluster);
}

/** A screen with a text everywhere that a program can put one. */
export async function hostileScreen(text) {
  const screen = await screenOf(`\x1b]2;${text}\x07${text}\r\n\x1b]8;;${text}\x1b\\link\x1b]8;;\x1b\\\r\n`);
  // What an emulator would not let through, another one might.
  const cells = screen.cells.map((row, index) =>
    index === 4 ? row.map((cell, col) => ({ ...cell, Char: text.charCodeAt(col) || 0x20 })) : row,
  );
  const rows = screen.text.with(4, text.slice(0, 80));
  const links = [...screen.details.links, { row: 0, start: 0, end: 9, uri: text }];
  return { ...screen, cells, text: rows, title: text, details: { ...screen.details, links } };
}
