import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  openTerminalRecording,
  type RecordingEvent,
  type RecordingFacts,
  type TerminalRecording,
  writeAsciicast,
  writeTtyrec,
  writeTypescript,
} from "@cassette/convert";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { asRecording, type GeneratedRecording, recordings } from "./generated-recordings.js";
import { lossesOf, readAll, written } from "./sources.js";

const numRuns = process.env.CASSETTE_SOAK ? 2_000 : 60;

type Kind = RecordingEvent["kind"];
type Of<K extends Kind> = RecordingEvent & { kind: K };

/** What a round trip has made of a recording. */
interface RoundTrip {
  before: GeneratedRecording;
  after: { facts: RecordingFacts; events: RecordingEvent[] };
  losses: Record<string, number>;
}

describe("a round trip loses what the report says, and nothing else", () => {
  for (const version of [2, 3] as const) {
    it(`asciicast, version ${version}`, async () => {
      await fc.assert(
        fc.asyncProperty(recordings, fc.boolean(), async (before, input) => {
          const result = writeAsciicast(asRecording(before), { version, input });
          const after = await readAll(await written(result.pieces()), { size: 64 });
          const trip = { before, after, losses: lossesOf(result.losses.list()) };
          expectTexts("output", trip);
          if (input) expectTexts("input", trip);
          else expect(trip.losses.input ?? 0).toBe(of("input", before).length);
          for (const kind of ["resize", "mark"] as const)
            expect(withoutTimes(kind, after)).toEqual(withoutTimes(kind, before));
          expect(withoutTimes("foreign", after)).toEqual(
            withoutTimes("foreign", before, ({ source }) => source === "asciicast"),
          );
          expect(trip.losses["foreign-events"] ?? 0).toBe(
            of("foreign", before).filter(({ source }) => source !== "asciicast").length,
          );
          expect(trip.losses.signals ?? 0).toBe(of("signal", before).length);
          expectTimes(trip, version === 3 ? 1_000 : 1);
          expectEnd(trip, version === 3);
          expectFacts(
            trip,
            ["size", "startedAtMs", "title", "term", "idleLimitS", "env", "theme", "header"],
            before.facts.command,
          );
        }),
        { numRuns },
      );
    });
  }

  it("ttyrec", async () => {
    await fc.assert(
      fc.asyncProperty(recordings, async (before) => {
        const result = writeTtyrec(asRecording(before));
        const bytes = await written(result.pieces());
        const losses = lossesOf(result.losses.list());
        const chunks = of("output", before).filter((event) => event.bytes.length > 0);
        expect(losses["empty-output"] ?? 0).toBe(of("output", before).length - chunks.length);
        const lost = {
          input: "input",
          resize: "resizes",
          mark: "marks",
          signal: "signals",
          foreign: "foreign-events",
        } as const;
        for (const kind of Object.keys(lost) as (keyof typeof lost)[])
          expect(losses[lost[kind]] ?? 0).toBe(of(kind, before).length);
        expect(bytes.length > 0).toBe(chunks.length > 0);
        if (chunks.length === 0) return;
        const after = await readAll(bytes, { format: "ttyrec", size: 64 });
        const start = chunks[0]?.atUs ?? 0;
        expect(losses["leading-pause"] ?? 0).toBe(start > 0 ? 1 : 0);
        expect(of("output", after).map(({ atUs, bytes }) => [atUs, hex(bytes)])).toEqual(
          chunks.map(({ atUs, bytes }) => [atUs - start, hex(bytes)]),
        );
        expectLostFacts(before.facts, ["startedAtMs"], losses);
      }),
      { numRuns },
    );
  });

  it("typescript", async () => {
    const dir = mkdtempSync(join(tmpdir(), "convert-"));
    const [data, timing] = [join(dir, "typescript"), join(dir, "timing")];
    const reread = async (recording: TerminalRecording, input: boolean) => {
      const result = writeTypescript(recording, { input });
      const files = { data: [] as Buffer[], timing: [] as Buffer[] };
      for await (const { file, content } of result.pieces()) files[file].push(Buffer.from(content));
      writeFileSync(data, Buffer.concat(files.data));
      writeFileSync(timing, Buffer.concat(files.timing));
      await using opened = await openTerminalRecording(data, { timing });
      const events: RecordingEvent[] = [];
      for await (const batch of opened.events()) events.push(...batch);
      return { after: { facts: opened.facts, events }, losses: lossesOf(result.losses.list()) };
    };
    await fc
      .assert(
        fc.asyncProperty(recordings, fc.boolean(), async (before, input) => {
          const { after, losses } = await reread(asRecording(before), input);
          for (const kind of ["output", ...(input ? (["input"] as const) : [])] as const)
            expect(of(kind, after).map(({ atUs, bytes }) => [atUs, hex(bytes)])).toEqual(
              of(kind, before).map(({ atUs, bytes }) => [atUs, hex(bytes)]),
            );
          expect(of("resize", after)).toEqual(of("resize", before));
          expect(of("signal", after)).toEqual(
            of("signal", before).filter(({ signal }) => signal !== "odd one"),
          );
          expect(losses.signals ?? 0).toBe(
            of("signal", before).filter(({ signal }) => signal === "odd one").length,
          );
          expect([losses.marks ?? 0, losses["foreign-events"] ?? 0]).toEqual([
            of("mark", before).length,
            of("foreign", before).length,
          ]);
          const [end] = of("end", before);
          expect(of("end", after)[0]?.exit).toEqual(end?.exit && "code" in end.exit ? end.exit : undefined);
          expect(losses.exit ?? 0).toBe(end?.exit && "signal" in end.exit ? 1 : 0);
          expect(after.facts.size).toEqual(before.facts.size);
        }),
        { numRuns },
      )
      .finally(() => rmSync(dir, { recursive: true }));
  });
});

function of<K extends Kind>(kind: K, { events }: { events: readonly RecordingEvent[] }): Of<K>[] {
  return events.filter((event): event is Of<K> => event.kind === kind);
}

function withoutTimes<K extends Kind>(
  kind: K,
  from: { events: readonly RecordingEvent[] },
  wanted: (event: Of<K>) => boolean = () => true,
) {
  return of(kind, from)
    .filter(wanted)
    .map(({ atUs: _, ...rest }) => JSON.parse(JSON.stringify(rest)) as unknown);
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex");
}

/** Bytes are those of before, unless the report counts some that were replaced; and in the same chunks, unless it counts moved ones. */
function expectTexts(kind: "output" | "input", { before, after, losses }: RoundTrip): void {
  const [was, is] = [before, after].map((from) => Buffer.concat(of(kind, from).map(({ bytes }) => bytes)));
  const [chunksWere, chunksAre] = [before, after].map((from) =>
    of(kind, from).map(({ bytes }) => hex(bytes)),
  );
  expect(is?.toString()).toBe(was?.toString());
  if (is?.equals(was ?? is) === false) expect(losses["invalid-bytes"]).toBeGreaterThan(0);
  if (losses["invalid-bytes"] === undefined) expect(is?.equals(was ?? is)).toBe(true);
  if (losses["invalid-bytes"] === undefined && losses["split-characters"] === undefined)
    expect(chunksAre).toEqual(chunksWere);
}

/** Every time is right to half of the resolution, however many came before; the report counts those that changed. */
function expectTimes({ before, after, losses }: RoundTrip, resolutionUs: number): void {
  const kept = (events: readonly RecordingEvent[]) =>
    events.filter(({ kind }) => kind === "resize" || kind === "mark");
  const [were, are] = [kept(before.events), kept(after.events)];
  for (const [index, event] of are.entries()) {
    const difference = Math.abs(event.atUs - (were[index]?.atUs ?? Number.NaN));
    expect(difference).toBeLessThanOrEqual(resolutionUs / 2);
    if (difference > 0) expect(losses["rounded-times"]).toBeGreaterThan(0);
  }
}

function expectEnd({ before, after, losses }: RoundTrip, hasExit: boolean): void {
  const exit = of("end", before)[0]?.exit;
  if (exit && hasExit) {
    const code =
      "code" in exit ? exit.code : 128 + { SIGKILL: 9, SIGTERM: 15 }[exit.signal as "SIGKILL" | "SIGTERM"];
    expect(of("end", after)[0]?.exit).toEqual({ code });
    expect(losses["signal-of-exit"] ?? 0).toBe("code" in exit ? 0 : 1);
  } else {
    expect(of("end", after)).toEqual([]);
    expect(losses.exit ?? 0).toBe(exit ? 1 : 0);
  }
}

function expectFacts(
  { before, after, losses }: RoundTrip,
  kept: (keyof RecordingFacts)[],
  command: string | undefined,
): void {
  for (const name of kept) expect(after.facts[name]).toEqual(before.facts[name]);
  if (command !== undefined) expect(after.facts.command).toBe(command);
  expectLostFacts(before.facts, [...kept, "command", "argv"], losses);
}

function expectLostFacts(
  facts: RecordingFacts,
  kept: (keyof RecordingFacts)[],
  losses: Record<string, number>,
): void {
  const names = (Object.keys(facts) as (keyof RecordingFacts)[]).filter(
    (name) => facts[name] !== undefined && !kept.includes(name),
  );
  expect(losses.size ?? 0).toBe(names.includes("size") ? 1 : 0);
  expect(losses.title ?? 0).toBe(names.includes("title") ? 1 : 0);
  expect(losses.facts ?? 0).toBe(names.filter((name) => name !== "size" && name !== "title").length);
}

describe("losses of one conversion only", () => {
  const facts = {
    size: { rows: 24, cols: 80 },
    startedAtMs: 1_700_000_000_500,
    header: { term: { version: "x" }, width: 7 },
  };

  it("counts a date finer than a second, and what version 2 has no place for", async () => {
    const result = writeAsciicast(asRecording({ facts, events: [] }), { version: 2 });
    const [header] = (await written(result.pieces())).toString().split("\n");
    expect(JSON.parse(header ?? "")).toEqual({ version: 2, width: 80, height: 24, timestamp: 1_700_000_000 });
    expect(lossesOf(result.losses.list())).toEqual({ facts: 1, "rounded-start": 1 });
  });
});
