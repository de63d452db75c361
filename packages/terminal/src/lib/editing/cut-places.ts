import type { Cassette } from "@cassette/core/reader";
import { markLabel } from "@cassette/core/reader";
import { CassetteError } from "@cassette/format";

/** A place in a recording: a time from its start, a record, a mark, or what was typed, counted from 1. */
export type CutPlace = { t_ms: number } | { seq: number } | { mark: string } | { input: number };

/** The first record of a cut and the last one. */
export interface CutRange {
  first: Place;
  last: Place;
}

/** A record, or a moment between two. */
export interface Place {
  seq: number;
  t_ms: number;
}

/** Finds the records between two places, those at the places included. @throws CassetteError CASSETTE_CUT_INVALID. */
export async function findRange(cassette: Cassette, from?: CutPlace, to?: CutPlace): Promise<CutRange> {
  const { seq, t_ms } = cassette.final;
  const first = from === undefined ? { seq: 1, t_ms: 0 } : await findPlace(cassette, from, "first");
  const last = to === undefined ? { seq, t_ms } : await findPlace(cassette, to, "last");
  if (first.seq > last.seq || first.t_ms > last.t_ms)
    throw new CassetteError("CASSETTE_CUT_INVALID", "Nothing is left: the cut ends before it begins.", {
      hint: `The recording lasts ${(t_ms / 1_000).toFixed(3)} s and has ${seq} records.`,
    });
  return { first, last };
}

function findPlace(cassette: Cassette, place: CutPlace, end: "first" | "last"): Promise<Place> {
  if ("mark" in place) return findMark(cassette, place.mark);
  if ("input" in place) return findInput(cassette, place.input);
  return "t_ms" in place ? findTime(cassette, place.t_ms, end) : findRecord(cassette, place.seq, end);
}

/** The first record not before a time, or the last one not after it. */
async function findTime(cassette: Cassette, wantedMs: number, end: "first" | "last"): Promise<Place> {
  const { final } = cassette;
  if (wantedMs > final.t_ms && end === "first") throw endsBefore();
  let lastSeq = 0;
  for await (const { seq, t_ms } of cassette.events()) {
    if (t_ms >= wantedMs && end === "first") return { seq, t_ms: wantedMs };
    if (t_ms > wantedMs) break;
    lastSeq = seq;
  }
  return { seq: lastSeq, t_ms: Math.min(wantedMs, final.t_ms) };
}

/** The first record not before a number, or the last one not after it: some have no record. */
async function findRecord(cassette: Cassette, wanted: number, end: "first" | "last"): Promise<Place> {
  if (wanted > cassette.final.seq) throw endsBefore();
  let last: Place = { seq: 0, t_ms: 0 };
  for await (const { seq, t_ms } of cassette.events()) {
    if (seq >= wanted && end === "first") return { seq, t_ms };
    if (seq > wanted) break;
    last = { seq, t_ms };
  }
  return last;
}

async function findMark(cassette: Cassette, label: string): Promise<Place> {
  for await (const record of cassette.serviceEvents())
    if (markLabel(record) === label) return { seq: record.seq, t_ms: record.t_ms };
  throw notFound("The recording has no mark with that label.");
}

async function findInput(cassette: Cassette, number: number): Promise<Place> {
  let count = 0;
  for await (const { kind, answer, seq, t_ms } of cassette.inputs())
    if (kind === "input" && !answer && ++count === number) return { seq, t_ms };
  throw notFound(`The recording has ${count} inputs.`);
}

function endsBefore(): CassetteError {
  return notFound("The recording ends before that place.");
}

function notFound(problem: string): CassetteError {
  return new CassetteError("CASSETTE_CUT_INVALID", problem, {
    hint: "`cassette events` lists times, `seq`, marks and inputs.",
  });
}
