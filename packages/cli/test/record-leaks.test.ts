import { readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { hasTmux, tmuxScreen } from "../../frames/test/tmux-screen.js";
import { KINDS, partsOf } from "../../scrub/test/kinds.js";
import { rowReadings } from "../../scrub/test/readings.js";
import { cassette, temporaryDirectory } from "./cassette.js";
import { type Leak, type LeakyRecording, recordedChunks, recordLeaks, textsOf } from "./leaky-recording.js";

const IS_SOAK = process.env.CASSETTE_SOAK !== undefined;
/** In so many rounds each of the ways meets each of the kinds. The sample holds one whose head alone is known, too, and a mark with one. */
const ROUNDS = IS_SOAK ? [...KINDS.keys()] : [0, 5, 18];
const SIZE = { rows: 24, cols: 80 };

function leftIn(texts: readonly string[], leaks: readonly Leak[]): string[] {
  return leaks.flatMap(({ secret, way, kind }) => {
    const left = partsOf(secret).filter((part) => texts.some((text) => text.includes(part)));
    return left.length > 0 ? [`${kind}, ${way}: ${left.length} parts`] : [];
  });
}

/** What tmux draws of the output of some ways; starting it takes a third of a second. */
async function drawnAgain(recording: LeakyRecording, round: number): Promise<string[]> {
  const shown: string[] = [];
  for (const [index, chunks] of recordedChunks(recording).entries()) {
    if (!hasTmux || (!IS_SOAK && index % 9 !== round % 9)) continue;
    const { text } = await tmuxScreen(SIZE, [Buffer.concat(chunks)]);
    shown.push(...rowReadings(text));
  }
  return shown;
}

describe("cassette record, of secrets in every way", () => {
  for (const round of ROUNDS) {
    it(`leaves nothing of a secret, in whatever way it came: round ${round}`, async () => {
      const recording = await recordLeaks(temporaryDirectory(), round);
      const { outcome, leaks, target, work } = recording;
      expect(outcome).toMatchObject({ status: 0, stdout: "" });
      expect(readdirSync(work).sort()).toEqual(["it", "tmp"]);
      expect(readdirSync(join(work, "tmp"))).toEqual([]);
      const texts = [outcome.stderr, ...(await textsOf(recording)), ...(await drawnAgain(recording, round))];
      expect(leftIn(texts, leaks)).toEqual([]);
      expect(await cassette(["verify", target])).toMatchObject({ status: 0 });
      // A recording made elsewhere may name the current directory.
      const cwd = dirname(recording.rules);
      const checked = await cassette(["scrub", "--check", target, "--rules", recording.rules], { cwd });
      expect(checked).toEqual({ status: 0, stdout: "", stderr: "" });
    });
  }

  it("leaves nothing of what it finds where nothing was scrubbed, scrubbing that afterwards", async () => {
    const recording = await recordLeaks(temporaryDirectory(), 0, ["--no-scrub"]);
    expect(recording.outcome.status).toBe(0);
    expect(leftIn(await textsOf(recording), recording.leaks)).toHaveLength(27);

    const work = temporaryDirectory();
    const target = join(work, "it");
    const args = ["scrub", recording.target, "-o", target, "--rules", recording.rules];
    const outcome = await cassette(args);
    expect(outcome).toMatchObject({ status: 0, stdout: "" });
    const scrubbed = { ...recording, target, work };
    expect(leftIn([outcome.stderr, ...(await textsOf(scrubbed))], recording.leaks)).toEqual([]);
  });
});
