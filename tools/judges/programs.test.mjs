import { join } from "node:path";
import { createXtermEmulator, xtermIdentity } from "@cassette/frames";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hasTmux } from "../../packages/frames/test/tmux-screen.ts";
import { startTmuxServer } from "../../packages/frames/test/tmux-server.ts";
import { EMOJI_PROGRAM, isThere, PROGRAMS, recordResized } from "./resized-programs.mjs";

/** `pnpm judges programs` runs all of them. */
const IS_JUDGED = process.env.CASSETTE_PROGRAMS !== undefined;
const QUICK = ["less", "bash", "vim"];
/** Where programs from npm are installed. */
const FOLDER = process.env.CASSETTE_PROGRAMS ?? "";
const NPM_PATH = `${join(FOLDER, "node_modules/.bin")}:${process.env.PATH}`;
const TIMEOUT_MS = 90_000;
/** Characters on the last screen of a program that has drawn at all. */
const LEAST_DRAWN = 20;
/** Three for each box. */
const ROWS_OF_BOXES = 12;
const GRAPHEMES = xtermIdentity("graphemes");

/** Where tmux may show something else, and why. */
const HALF_EMPTY =
  "What wraps takes the place of empty rows at the end; tmux moves rows off the top. Both are half empty.";
const EXPLAINED = { ink: HALF_EMPTY };

async function ourScreen({ size, steps }, like) {
  const emulator = createXtermEmulator(size, like);
  for (const step of steps) {
    if (step instanceof Uint8Array) await emulator.feed(step);
    else emulator.resize(step);
  }
  const { text, cursor, alternate, cells } = emulator.snapshot({ cells: true });
  emulator.close();
  return { screen: { text, cursor: [cursor.Row, cursor.Col], alternate }, cells };
}

async function theirScreen(server, { size, steps }) {
  const { text, cursor, alternate } = await server.show(size, steps);
  const { cols } = steps.findLast((step) => !(step instanceof Uint8Array)) ?? size;
  return { text, cursor: [cursor.Row, Math.min(cursor.Col, cols - 1)], alternate };
}

function isMissing({ argv, isFromNpm }) {
  return !hasTmux || !isThere(argv[0], isFromNpm ? NPM_PATH : undefined) || (isFromNpm && FOLDER === "");
}

const placeOf = ({ isFromNpm }) => (isFromNpm ? { path: NPM_PATH, cwd: FOLDER } : {});

describe("createXtermEmulator, with programs that are resized", () => {
  let server;
  beforeAll(() => {
    if (hasTmux) server = startTmuxServer();
  });
  afterAll(() => server?.close());

  for (const program of PROGRAMS.filter(({ name }) => IS_JUDGED || QUICK.includes(name))) {
    it.skipIf(isMissing(program))(
      `shows what tmux shows: ${program.name}`,
      { timeout: TIMEOUT_MS },
      async ({ skip }) => {
        const recorded = await recordResized(program, placeOf(program));
        if (recorded === null) return skip("It ended by itself.");
        const [{ screen: ours }, theirs] = [await ourScreen(recorded), await theirScreen(server, recorded)];
        if (ours.text.join("").length < LEAST_DRAWN) return skip("It has drawn nothing.");
        if (EXPLAINED[program.name] === undefined) expect(ours).toEqual(theirs);
        else expect(ours).not.toEqual(theirs);
      },
    );
  }

  const emoji = IS_JUDGED ? it.skipIf(isMissing(EMOJI_PROGRAM)) : () => {};
  emoji("draws whole boxes around emoji, with graphemes", { timeout: TIMEOUT_MS }, async () => {
    const recorded = await recordResized(EMOJI_PROGRAM, placeOf(EMOJI_PROGRAM));
    const rightEdges = async (like) => {
      const { cells } = await ourScreen(recorded, like);
      const rows = cells.slice(-ROWS_OF_BOXES - 1, -1).filter((row) => row[0].Char === "│".codePointAt(0));
      return rows.map((row) => String.fromCodePoint(row.at(-1).Char));
    };
    expect(await rightEdges(GRAPHEMES)).toEqual(["│", "│", "│", "│"]);
    expect(await rightEdges()).not.toEqual(["│", "│", "│", "│"]);
  });
});
