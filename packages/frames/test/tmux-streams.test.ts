import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createXtermEmulator } from "../src/index.js";
import { drawnStreams, printedStreams, type ResizedStream } from "./resized-streams.js";
import { hasTmux, type TmuxScreen } from "./tmux-screen.js";
import { startTmuxServer, type TmuxServer } from "./tmux-server.js";

const RUNS = process.env.CASSETTE_SOAK ? 5_000 : 60;
/** The same streams each time, unless there is time to look for others. */
const SEED = process.env.CASSETTE_SOAK ? undefined : 7;
const TIMEOUT_MS = 120_000 + RUNS * 200;

async function ourScreen({ size, steps }: ResizedStream): Promise<TmuxScreen> {
  const emulator = createXtermEmulator(size);
  for (const step of steps) {
    if (step instanceof Uint8Array) await emulator.feed(step);
    else emulator.resize(step);
  }
  const { text, cursor, alternate } = emulator.snapshot();
  emulator.close();
  return { text, cursor: { Row: cursor.Row, Col: cursor.Col }, alternate };
}

/** tmux counts a cursor that waits to wrap as one beyond the last column. */
async function theirScreen(server: TmuxServer, { size, steps }: ResizedStream): Promise<TmuxScreen> {
  const screen = await server.show(size, steps);
  const last = steps.findLast((step) => !(step instanceof Uint8Array)) ?? size;
  const cols = "cols" in last ? last.cols : size.cols;
  return { ...screen, cursor: { ...screen.cursor, Col: Math.min(screen.cursor.Col, cols - 1) } };
}

/** Whether lines are only wrapped at other places, or more of them shown. */
function isSameText(one: TmuxScreen, other: TmuxScreen): boolean {
  const [a, b] = [one, other].map(({ text }) => text.join("").replaceAll(" ", ""));
  return (a ?? "").endsWith(b ?? "") || (b ?? "").endsWith(a ?? "");
}

describe.skipIf(!hasTmux)("createXtermEmulator, resized, beside tmux", () => {
  let server: TmuxServer;
  beforeAll(() => {
    server = startTmuxServer();
  });
  afterAll(() => server.close());

  /** Streams that the two show differently, of which docs/screens.md has the reasons; and those with other characters. */
  async function differing(streams: fc.Arbitrary<ResizedStream>) {
    const counts = { screens: 0, characters: 0 };
    for (const stream of fc.sample(streams, { numRuns: RUNS, seed: SEED })) {
      const [ours, theirs] = [await ourScreen(stream), await theirScreen(server, stream)];
      if (JSON.stringify(ours) === JSON.stringify(theirs)) continue;
      counts.screens++;
      if (!isSameText(ours, theirs)) counts.characters++;
    }
    if (process.env.CASSETTE_SOAK) console.info(`Of ${RUNS} differ:`, counts);
    return counts;
  }

  it("shows the same for any output when the number of rows changes", {
    timeout: TIMEOUT_MS,
  }, async () => {
    expect((await differing(drawnStreams)).screens).toBeLessThanOrEqual(RUNS / 200);
  });

  it("shows the same after the width changes, with few exceptions", {
    timeout: TIMEOUT_MS,
  }, async () => {
    const { screens, characters } = await differing(printedStreams);
    expect(screens).toBeLessThanOrEqual(RUNS / 20);
    expect(characters).toBeLessThanOrEqual(RUNS / 200);
  });
});
