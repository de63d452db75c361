import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Cassette, openCassette } from "@cassette/core/reader";
import { jsonText } from "@cassette/format/schema";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  ASSERTION_TYPES,
  type Assertion,
  type CassetteEvidence,
  checkAssertions,
  failureText,
  readEvidence,
} from "../src/index.js";
import { recordSample } from "./sample-cassette.js";

let folder: string;
let cassette: Cassette;
let evidence: CassetteEvidence;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "cassette-testing-"));
  cassette = await openCassette(await recordSample(join(folder, "sample.cassette")));
  evidence = await readEvidence(cassette, { label: "sample.cassette" });
});

afterAll(async () => {
  evidence.close();
  await cassette.close();
  rmSync(folder, { recursive: true });
});

const seenFailing = new Set<string>();

/** What a failure says in its first lines; null when the assertion holds. */
async function failing(assertion: Assertion, over = evidence): Promise<string | null> {
  const [failure] = await checkAssertions([assertion], over);
  if (failure) seenFailing.add(failure.type);
  return failure ? failureText(failure).split("\n").slice(1, 4).join("\n") : null;
}

const HOLDING: Assertion[] = [
  { type: "frame_contains", text: "Help" },
  { type: "frame_contains", text: "hello world\n$", at_ms: 40 },
  { type: "frame_never_contains", text: "Traceback" },
  { type: "frame_eventually_contains", text: "Help", at_ms: 100, within_ms: 50 },
  { type: "frame_eventually_contains", text: "done", at_ms: 100 },
  { type: "frame_stable_for", text: "hello", at_ms: 400, stable_for_ms: 500 },
  { type: "cursor", at_ms: 150, cursor_row: 0, cursor_col: 4, cursor_visible: true },
  { type: "cursor", at_ms: 1_000, cursor_row: 2, cursor_col: 4, cursor_visible: false },
  { type: "size", rows: 4, cols: 24 },
  { type: "size", rows: 6, cols: 30, at_ms: 2_000 },
  { type: "size_eventually", rows: 6, cols: 30, at_ms: 150, within_ms: 300 },
  { type: "style", text: "hello", fg: 1, bg: 16_777_217, at_ms: 0 },
  { type: "style", text: "world", fg: 16_777_216, at_ms: 500 },
  { type: "raw_output_order" },
  { type: "input_bytes", bytes_hex: "68" },
  { type: "input_bytes", key: "h" },
  { type: "paste_boundary", bytes_hex: "1b5b3230307e 61 1b5b3230317e" },
  { type: "resize_order", before_kind: "output", after_kind: "frame" },
  { type: "service_json", json_path: "$.stage", equals: "end" },
  { type: "service_json", json_path: "$", equals: { stage: "end", type: "sample" } },
  { type: "final_metadata", metadata_key: "tries", equals: 2, text: "done" },
  { type: "exit_status", exit_code: 3, signaled: false },
  { type: "timeout_cancel_status", exit_code: 3 },
  { type: "timing_gap", kind: "frame", max_ms: 300 },
  { type: "timing_gap" },
  { type: "frame_matches", pattern: "/^help$/im" },
  { type: "frame_matches", pattern: "hello \\w+", at_ms: 0 },
  { type: "frame_never_matches", pattern: "/error|fatal/i" },
  { type: "frame_eventually_matches", pattern: "pid=\\d+", at_ms: 400, within_ms: 100 },
  { type: "title", text: "demo", at_ms: 300 },
  { type: "title", pattern: "/^b/" },
  { type: "alternate_screen", at_ms: 200 },
  { type: "alternate_screen", active: false, at_mark: "after help" },
  { type: "bell", min: 1, max: 1 },
  { type: "bell", min: 0, max: 0, at_ms: 200 },
  { type: "text_style", text: "hello", fg: "red", bg: "default", bold: true, underline: false },
  { type: "text_style", text: "hello", fg: 1 },
  { type: "screen_equals", text: "hello world\n$ pid=9 at 01:02:03\n", at_mark: "after help" },
  { type: "screen_equals", text: "Help", at_seq: 5 },
  {
    type: "event_order",
    events: [
      { kind: "service-event", json_path: "$..n", equals: 2 },
      { kind: "input", key: "h" },
      { kind: "frame", text: "Help" },
      { kind: "resize" },
      { kind: "mark", text: "after help" },
      { bytes_hex: "1b5b3230307e611b5b3230317e" },
      { kind: "output", text: "done" },
      { kind: "final" },
    ],
  },
  { type: "service_json_path", json_path: "$.list[*].n", equals: 2 },
  { type: "service_json_path", json_path: "$..stage", pattern: "/^st/" },
];

describe("judge", () => {
  it.each(HOLDING.map((assertion) => [JSON.stringify(assertion), assertion] as const))(
    "passes %s",
    async (_, assertion) => {
      expect(await failing(assertion)).toBe(null);
    },
  );

  it("has an example of every type", () => {
    const types = new Set<string>(HOLDING.map(({ type }) => type));
    expect(ASSERTION_TYPES.filter((type) => !types.has(type))).toEqual([]);
  });

  it("shows the context of a failure: the moment, nearby events, the screen, the service event, the command", async () => {
    const [failure] = await checkAssertions(
      [{ type: "frame_contains", name: "help is on", text: "Help", at_ms: 400 }],
      evidence,
      "first use",
    );
    expect(failure && failureText(failure)).toMatchInlineSnapshot(`
      "first use › help is on (frame_contains)
        expected  the frame nearest to 400 ms contains "Help"
        found     frame 9 at 450 ms does not; it is in frame 6 at 150 ms
        when      400 ms
        nearby    5 at 150 ms: output of 20 bytes
                  6 at 150 ms: frame "Help"
                  7 at 400 ms: input resize to 6 × 30
                  8 at 450 ms: output of 28 bytes
                  9 at 450 ms: frame "hello world"
        screen    frame 9 at 450 ms
          │ hello world
          › $ pid=4711 at 12:34:56
          ┆ 4 blank rows
        service   event 10 at 450 ms: {"label":"after help","type":"cassette.mark"}
        look      cassette play sample.cassette --from 400ms"
    `);
  });

  it("says what is wrong with an unknown type", async () => {
    expect(
      await failing({ type: "frame_contians", text: "x" } as unknown as Assertion),
    ).toMatchInlineSnapshot(`
      "  expected  a type of assertion that exists
        found     there is no "frame_contians"; did you mean frame_contains?
        when      0 ms"
    `);
  });

  it("says which marks there are", async () => {
    expect(await failing({ type: "title", text: "demo", at_mark: "before" })).toMatchInlineSnapshot(`
      "  expected  there is a mark "before"
        found     the marks are "after help"
        when      0 ms"
    `);
  });

  it("escapes what a recording would do to the reader's terminal and build server", async () => {
    const json = '{"\\u0007":"::error::\u009b31m"}';
    const events = evidence.events.map((event) =>
      event.kind === "service-event"
        ? { ...event, record: { ...event.record, payload: jsonText(json) } }
        : event,
    );
    const frames = evidence.frames.map((frame) => ({
      ...frame,
      text: ["safe\u202eevil ##vso[task]", "\u200b"],
    }));
    const [failure] = await checkAssertions(
      [{ type: "frame_contains", name: "::set-output::", text: "\u001b]52;c;x\u0007" }],
      {
        ...evidence,
        events,
        frames,
        label: "a\u001b[2J.cassette",
        commandFor: () => "play a\u001b[2J.cassette",
      },
    );
    const text = failure ? failureText(failure) : "";
    expect(text).toContain("safe\\u{202e}evil");
    expect(text).not.toMatch(/[^\n\P{C}]|^::|##vso/mu);
  });
});

describe("a failure of", () => {
  it("frame_contains", async () => {
    expect(await failing({ type: "frame_contains", text: "nowhere" })).toMatchInlineSnapshot(`
      "  expected  some frame contains "nowhere"
        found     none of the 4 frames does
        when      650 ms"
    `);
  });

  it("frame_contains, another way", async () => {
    expect(await failing({ type: "frame_contains", text: "hello", at_ms: 150 })).toMatchInlineSnapshot(`
      "  expected  the frame nearest to 150 ms contains "hello"
        found     frame 6 at 150 ms does not; it is in frame 3 at 0 ms and 2 more
        when      150 ms"
    `);
  });

  it("frame_never_contains", async () => {
    expect(await failing({ type: "frame_never_contains", text: "Help" })).toMatchInlineSnapshot(`
      "  expected  no frame contains "Help"
        found     frame 6 at 150 ms
        when      150 ms"
    `);
  });

  it("frame_eventually_contains", async () => {
    expect(
      await failing({ type: "frame_eventually_contains", text: "Help", at_ms: 200, within_ms: 400 }),
    ).toMatchInlineSnapshot(`
      "  expected  a frame from 200 to 600 ms contains "Help"
        found     none of the 1 frames there does; it is in frame 6 at 150 ms
        when      200 ms"
    `);
  });

  it("frame_stable_for", async () => {
    expect(
      await failing({ type: "frame_stable_for", text: "hello", at_ms: 100, stable_for_ms: 900 }),
    ).toMatchInlineSnapshot(`
      "  expected  every frame from 100 to 1000 ms contains "hello"
        found     frame 6 at 150 ms does not
        when      150 ms"
    `);
  });

  it("frame_stable_for, another way", async () => {
    expect(
      await failing({ type: "frame_stable_for", text: "hello", at_ms: 700, stable_for_ms: 10 }),
    ).toMatchInlineSnapshot(`
      "  expected  every frame from 700 to 710 ms contains "hello"
        found     there is no frame in that time
        when      700 ms"
    `);
  });

  it("cursor", async () => {
    expect(
      await failing({ type: "cursor", at_ms: 150, cursor_row: 1, cursor_col: 4 }),
    ).toMatchInlineSnapshot(`
      "  expected  near 150 ms the cursor is at row 1, column 4 (from 0)
        found     in frame 6 at 150 ms it is at row 0, column 4, visible
        when      150 ms"
    `);
  });

  it("size", async () => {
    expect(await failing({ type: "size", rows: 6, cols: 30, at_ms: 150 })).toMatchInlineSnapshot(`
      "  expected  the frame nearest to 150 ms has 6 rows × 30 columns
        found     frame 6 at 150 ms has 4 × 24
        when      150 ms"
    `);
  });

  it("size_eventually", async () => {
    expect(
      await failing({ type: "size_eventually", rows: 6, cols: 30, within_ms: 400 }),
    ).toMatchInlineSnapshot(`
      "  expected  a frame from 0 to 400 ms has 6 rows × 30 columns
        found     all have 4 × 24
        when      0 ms"
    `);
  });

  it("style", async () => {
    expect(await failing({ type: "style", text: "hello", fg: 2, at_ms: 0 })).toMatchInlineSnapshot(`
      "  expected  the frame nearest to 0 ms shows "hello" in colour 2
        found     in frame 3, row 0, column 0 (from 0) it is 1 on 16777217 (default)
        when      0 ms"
    `);
  });

  it("style, another way", async () => {
    expect(await failing({ type: "style", text: "Helpless", fg: 2, at_ms: 0 })).toMatchInlineSnapshot(`
      "  expected  the frame nearest to 0 ms shows "Helpless" in colour 2
        found     frame 3 does not have it in a row
        when      0 ms"
    `);
  });

  it("input_bytes", async () => {
    expect(await failing({ type: "input_bytes", bytes_hex: "6869" })).toMatchInlineSnapshot(`
      "  expected  an input is the bytes 6869
        found     there are 3 inputs: h, resize to 6 × 30, paste
        when      650 ms"
    `);
  });

  it("paste_boundary", async () => {
    expect(await failing({ type: "paste_boundary", key: "bracketed" })).toMatchInlineSnapshot(`
      "  expected  an input is the key "bracketed"
        found     there are 3 inputs: h, resize to 6 × 30, paste
        when      650 ms"
    `);
  });

  it("resize_order", async () => {
    expect(await failing({ type: "resize_order", before_kind: "final" })).toMatchInlineSnapshot(`
      "  expected  each resize is in the order final, resize
        found     there is no final before the resize 7 at 400 ms
        when      400 ms"
    `);
  });

  it("service_json", async () => {
    expect(
      await failing({ type: "service_json", json_path: "$.stage", equals: "middle" }),
    ).toMatchInlineSnapshot(`
      "  expected  some service event has "middle" at $.stage
        found     there are "start", "end"
        when      0 ms"
    `);
  });

  it("service_json, another way", async () => {
    expect(
      await failing({ type: "service_json", json_path: "$.stagge", equals: "start" }),
    ).toMatchInlineSnapshot(`
      "  expected  some service event has "start" at $.stagge
        found     none of 3 service events has a value there
        when      0 ms"
    `);
  });

  it("final_metadata", async () => {
    expect(
      await failing({ type: "final_metadata", metadata_key: "tries", equals: 3 }),
    ).toMatchInlineSnapshot(`
      "  expected  the final metadata has 3 at "tries"
        found     it has 2
        when      1000 ms"
    `);
  });

  it("final_metadata, another way", async () => {
    expect(await failing({ type: "final_metadata", metadata_key: "try", equals: 3 })).toMatchInlineSnapshot(`
      "  expected  the final metadata has 3 at "try"
        found     it is missing; there are "case", "tries"
        when      1000 ms"
    `);
  });

  it("final_metadata, a third way", async () => {
    expect(await failing({ type: "final_metadata", text: "failed" })).toMatchInlineSnapshot(`
      "  expected  the final text contains "failed"
        found     it is "done"
        when      1000 ms"
    `);
  });

  it("exit_status", async () => {
    expect(await failing({ type: "exit_status", exit_code: 0, signaled: false })).toMatchInlineSnapshot(`
      "  expected  the program ended with 0, not ended by a signal
        found     it ended with 3
        when      1000 ms"
    `);
  });

  it("timeout_cancel_status", async () => {
    expect(await failing({ type: "timeout_cancel_status", signaled: true })).toMatchInlineSnapshot(`
      "  expected  the program ended, ended by a signal
        found     it ended with 3
        when      1000 ms"
    `);
  });

  it("timing_gap", async () => {
    expect(await failing({ type: "timing_gap", kind: "frame", max_ms: 250 })).toMatchInlineSnapshot(`
      "  expected  two frame records are at most 250 ms apart
        found     300 ms from event 6 at 150 ms to event 9 at 450 ms
        when      150 ms"
    `);
  });

  it("timing_gap, another way", async () => {
    expect(await failing({ type: "timing_gap", kind: "final", min_ms: 1 })).toMatchInlineSnapshot(`
      "  expected  two final records are at least 1 ms apart
        found     there is only one
        when      0 ms"
    `);
  });

  it("frame_matches", async () => {
    expect(await failing({ type: "frame_matches", pattern: "/^HELP$/m" })).toMatchInlineSnapshot(`
      "  expected  some frame matches /^HELP$/m
        found     none of the 4 frames does
        when      650 ms"
    `);
  });

  it("frame_never_matches", async () => {
    expect(await failing({ type: "frame_never_matches", pattern: "pid=\\d+" })).toMatchInlineSnapshot(`
      "  expected  no frame matches /pid=\\d+/
        found     frame 9 at 450 ms and 1 more
        when      450 ms"
    `);
  });

  it("frame_eventually_matches", async () => {
    expect(
      await failing({ type: "frame_eventually_matches", pattern: "/help/i", at_ms: 200 }),
    ).toMatchInlineSnapshot(`
      "  expected  a frame from 200 ms on matches /help/i
        found     none of the 2 frames there does; it is in frame 6 at 150 ms
        when      200 ms"
    `);
  });

  it("title", async () => {
    expect(await failing({ type: "title", text: "demo" })).toMatchInlineSnapshot(`
      "  expected  at the end the title is "demo"
        found     it is "bye"
        when      650 ms"
    `);
  });

  it("alternate_screen", async () => {
    expect(await failing({ type: "alternate_screen" })).toMatchInlineSnapshot(`
      "  expected  at the end the alternate screen is shown
        found     the ordinary one is
        when      650 ms"
    `);
  });

  it("bell", async () => {
    expect(await failing({ type: "bell", min: 2 })).toMatchInlineSnapshot(`
      "  expected  the bell rings at least 2 times from 0 ms on
        found     it rings 1 times, first at 150 ms
        when      150 ms"
    `);
  });

  it("bell, another way", async () => {
    expect(await failing({ type: "bell", at_ms: 200 })).toMatchInlineSnapshot(`
      "  expected  the bell rings at least 1 times from 200 ms on
        found     it does not ring
        when      200 ms"
    `);
  });

  it("text_style", async () => {
    expect(
      await failing({ type: "text_style", text: "hello", fg: "green", underline: true, bold: false }),
    ).toMatchInlineSnapshot(`
      "  expected  at the end "hello" is shown not bold, underline, in green
        found     in row 1, column 1 it is bold red
        when      650 ms"
    `);
  });

  it("text_style, another way", async () => {
    expect(await failing({ type: "text_style", text: "absent", bold: true })).toMatchInlineSnapshot(`
      "  expected  at the end "absent" is shown bold
        found     no row of the screen contains it
        when      650 ms"
    `);
  });

  it("screen_equals", async () => {
    expect(
      await failing({ type: "screen_equals", text: "hello world\n$ pid=9 at noon", at_mark: "after help" }),
    ).toMatchInlineSnapshot(`
      "  expected  at the mark "after help" the screen is the given text; row 2 is "$ pid=<pid> at noon"
        found     1 of 2 rows differ; row 2 is "$ pid=<pid> at <time>"
        when      450 ms"
    `);
  });

  it("event_order", async () => {
    expect(
      await failing({ type: "event_order", events: [{ kind: "resize" }, { kind: "input", key: "h" }] }),
    ).toMatchInlineSnapshot(`
      "  expected  input key "h" after event 7 at 400 ms, number 2 of 2 in this order
        found     there is none; there is one at 100 ms, event 4
        when      400 ms"
    `);
  });

  it("a text that no frame has, with the row that comes closest", async () => {
    expect(await failing({ type: "frame_contains", text: "helo world" })).toMatchInlineSnapshot(`
      "  expected  some frame contains "helo world"
        found     none of the 4 frames does; the closest is row 1 of frame 13 at 650 ms, "hello world"
        when      650 ms"
    `);
    expect(
      await failing({ type: "event_order", events: [{ kind: "frame", text: "hello werld" }] }),
    ).toMatchInlineSnapshot(`
      "  expected  frame text "hello werld", number 1 of 1 in this order
        found     there is none; the closest is row 1 of frame 13 at 650 ms, "hello world"
        when      650 ms"
    `);
  });

  it("service_json_path", async () => {
    expect(
      await failing({ type: "service_json_path", json_path: "$.list[*].n", equals: 3 }),
    ).toMatchInlineSnapshot(`
      "  expected  some service event has 3 at $.list[*].n
        found     there are 1, 2
        when      0 ms"
    `);
  });

  it("raw_output_order", async () => {
    const record = { seq: 1, t_ms: 50, offset: 0, length: 9, sha256: "" };
    const events = [
      { seq: 1, t_ms: 50, kind: "output" as const, record },
      { seq: 2, t_ms: 50, kind: "output" as const, record: { ...record, seq: 2, offset: 4 } },
    ];
    expect(await failing({ type: "raw_output_order" }, { ...evidence, events })).toMatchInlineSnapshot(`
      "  expected  output records rise in place, time and offset
        found     event 2 (50 ms, offset 4) follows event 1 (50 ms, offset 0, 9 bytes)
        when      50 ms"
    `);
  });

  it("is shown for every type", () => {
    expect(ASSERTION_TYPES.filter((type) => !seenFailing.has(type))).toEqual([]);
  });
});
