import type { RecordingEvent, RecordingFacts, TerminalRecording } from "@cassette/convert";
import fc from "fast-check";

/** A recording in memory. */
export interface GeneratedRecording {
  facts: RecordingFacts;
  events: RecordingEvent[];
}

const side = fc.integer({ min: 1, max: 500 });
const size = fc.record({ rows: side, cols: side });
const text = fc.string({ unit: "grapheme", maxLength: 12 });
/** Text, cut anywhere, and bytes that are no text. */
const bytes = fc.oneof(
  { weight: 3, arbitrary: text.map((value) => Buffer.from(value)) },
  fc
    .tuple(text, fc.nat(40), fc.nat(40))
    .map(([value, from, to]) => Buffer.from(value).subarray(from, from + to)),
  fc.uint8Array({ maxLength: 8 }).map((value) => Buffer.from(value)),
);
const steps = fc.oneof(
  fc.constant(0),
  fc.integer({ min: 0, max: 3_000_000 }),
  fc.nat(2_000).map((ms) => ms * 1_000),
);
const json = fc.oneof(text, fc.nat(), fc.constant(null), fc.dictionary(fc.constantFrom("a", "b"), fc.nat()));

const events = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: fc.record({ kind: fc.constant("output" as const), bytes }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant("input" as const), bytes }) },
    fc.record({ kind: fc.constant("resize" as const), size }),
    fc.record({ kind: fc.constant("mark" as const), label: text }),
    fc.record({
      kind: fc.constant("signal" as const),
      signal: fc.constantFrom("SIGINT", "SIGTERM", "odd one"),
    }),
    fc.record({
      ...{ kind: fc.constant("foreign" as const), source: fc.constantFrom("asciicast", "sudo") },
      ...{ code: fc.constantFrom("z", "long", "\u00e9"), data: json },
    }),
  ),
  { maxLength: 30 },
);
const exit = fc.oneof(
  fc.record({ code: fc.integer({ min: 0, max: 255 }) }),
  fc.record({ signal: fc.constantFrom("SIGKILL", "SIGTERM") }),
);
const someText = fc.string({ minLength: 1, maxLength: 10 }).filter((value) => value.trim() === value);
const facts: fc.Arbitrary<RecordingFacts> = fc.record(
  {
    ...{
      size,
      startedAtMs: fc.integer({ min: 320_000_000, max: 2_000_000_000 }).map((s) => s * 1_000),
      title: someText,
    },
    ...{
      command: someText,
      argv: fc.array(someText, { minLength: 1, maxLength: 3 }),
      term: fc.constantFrom("xterm", "tmux"),
    },
    ...{ locale: fc.constant("C.UTF-8"), idleLimitS: fc.nat(9), env: fc.constant({ SHELL: "/bin/sh" }) },
    ...{ theme: fc.constant({ fg: "#ffffff" }), header: fc.constant({ tags: ["a"] }) },
  },
  { requiredKeys: ["size", "startedAtMs"] },
);

/** Recordings with events of every kind, times to the microsecond, and bytes that are not UTF-8. */
export const recordings: fc.Arbitrary<GeneratedRecording> = fc
  .tuple(facts, events, fc.array(steps, { minLength: 31, maxLength: 31 }), fc.option(exit))
  .map(([known, drafts, delays, ending]) => {
    let atUs = 0;
    const timed = drafts.map((draft, index) => {
      atUs += delays[index] ?? 0;
      return { ...draft, atUs } as RecordingEvent;
    });
    const end: RecordingEvent = {
      kind: "end",
      atUs: atUs + (delays[30] ?? 0),
      ...(ending && { exit: ending }),
    };
    return { facts: known, events: [...timed, end] };
  });

/** A recording in memory as one that is read. */
export function asRecording({ facts, events }: GeneratedRecording): TerminalRecording {
  return {
    format: "cassette",
    facts,
    losses: { add() {}, list: () => [] },
    async *events() {
      for (let at = 0; at < events.length; at += 5) yield events.slice(at, at + 5);
    },
  };
}
