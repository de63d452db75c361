import { join } from "node:path";
import type { CassetteEvent, EventKind } from "@cassette/format";
import { describe, expect, it } from "vitest";
import { createRecorder, openCassette } from "../src/index.js";
import { fakeClock } from "./support/fake-clock.js";
import { temporaryDirectory } from "./support/temporary-directory.js";

const RECORDS = 9_000;

/** Long enough that each file has several places to begin at. */
async function longCassette() {
  const dir = join(temporaryDirectory(), "cassette");
  const recorder = await createRecorder(dir, { manifest: { id: "long" }, clock: fakeClock() });
  for (let n = 1; n < RECORDS; n++) {
    if (n % 3 === 0) recorder.recordInput({ bytes: Buffer.from("typed ".repeat(20)) });
    else if (n % 1_000 === 1) recorder.recordServiceEvent({ n });
    else recorder.recordOutput(Buffer.from("x"));
    if (n % 500 === 0) await recorder.drain();
  }
  recorder.recordFinal();
  await recorder.close();
  return openCassette(dir);
}

async function seqs(events: AsyncIterable<CassetteEvent>): Promise<number[]> {
  const found: number[] = [];
  for await (const { seq } of events) found.push(seq);
  return found;
}

describe("Cassette.events", () => {
  it("begins after any record and leaves out kinds", async () => {
    await using cassette = await longCassette();
    const all: CassetteEvent[] = [];
    for await (const event of cassette.events()) all.push(event);
    const wanted = (afterSeq: number, kinds?: EventKind[]) =>
      all.filter(({ seq, kind }) => seq > afterSeq && (!kinds || kinds.includes(kind))).map(({ seq }) => seq);
    for (const afterSeq of [0, 1, 2_999, 3_000, 7_321, RECORDS - 1, RECORDS, RECORDS + 1]) {
      expect(await seqs(cassette.events({ afterSeq }))).toEqual(wanted(afterSeq));
      for (const kinds of [["input"], ["output", "final"], ["final"], ["frame"], []] as EventKind[][]) {
        expect(await seqs(cassette.events({ afterSeq, kinds }))).toEqual(wanted(afterSeq, kinds));
      }
    }
  });
});
