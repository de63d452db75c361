import { describe, expect, it } from "vitest";
import { createXtermEmulator } from "../src/index.js";
import { RECORDINGS, type Recording } from "./recordings.js";
import { hasTmux, type TmuxStep, tmuxScreen } from "./tmux-screen.js";

/** Where tmux and we differ, and why. */
const EXPLAINED: Record<string, { why: string; text: string[] }> = {
  "emoji-joined": {
    why: "tmux draws emoji joined by U+200D in two columns; by the widths of Unicode 11 each takes its own two.",
    text: ["👩\u200d💻".repeat(6), "👩\u200d💻👩\u200d💻x"],
  },
};

/** What tmux is given: the output between resizes, and the resizes. */
function stepsOf({ events }: Recording): TmuxStep[] {
  const steps: TmuxStep[] = [];
  for (const event of events) {
    const last = steps.at(-1);
    if (event.kind === "resize") steps.push({ rows: event.size.Rows, cols: event.size.Cols });
    else if (event.kind === "output" && last instanceof Uint8Array)
      steps.splice(-1, 1, Buffer.concat([last, event.bytes]));
    else if (event.kind === "output") steps.push(event.bytes);
  }
  return steps;
}

async function ourScreen(recording: Recording) {
  const emulator = createXtermEmulator(recording.size);
  for (const step of stepsOf(recording)) {
    if (step instanceof Uint8Array) await emulator.feed(step);
    else emulator.resize(step);
  }
  return emulator.snapshot();
}

describe("createXtermEmulator", () => {
  it.skipIf(!hasTmux)("has recordings of at least forty programs to compare", () => {
    expect(RECORDINGS.length).toBeGreaterThanOrEqual(40);
  });

  it.skipIf(!hasTmux).each(RECORDINGS.map((recording) => [recording.name, recording] as const))(
    "shows what tmux shows: %s",
    async (_name, recording) => {
      const [ours, theirs] = await Promise.all([
        ourScreen(recording),
        tmuxScreen(recording.size, stepsOf(recording)),
      ]);
      const seenByUs = {
        text: ours.text,
        cursor: [ours.cursor.Row, ours.cursor.Col],
        alternate: ours.alternate,
      };
      const seenByThem = {
        text: theirs.text,
        cursor: [theirs.cursor.Row, Math.min(theirs.cursor.Col, ours.size.Cols - 1)],
        alternate: theirs.alternate,
      };
      const explained = EXPLAINED[recording.name];
      if (explained === undefined) return expect(seenByUs).toEqual(seenByThem);
      expect(seenByUs).not.toEqual(seenByThem);
      expect(ours.text.filter((row) => row !== "")).toEqual(explained.text);
    },
  );
});
