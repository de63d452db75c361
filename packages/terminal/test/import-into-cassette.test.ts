import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openTerminalRecording, readCassette, writeAsciicast } from "@cassette/convert";
import { type Cassette, createRecorder, openCassette } from "@cassette/core";
import { cassetteExtras } from "@cassette/format";
import { importIntoCassette, openRecording } from "@cassette/terminal/recordings";
import { sealOptions } from "@cassette/terminal/scrubbing";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";

const folder = mkdtempSync(join(tmpdir(), "import-"));
afterAll(() => rmSync(folder, { recursive: true }));
let made = 0;
const path = (name: string) => join(folder, `${++made}-${name}`);

const size = fc.record({ Rows: fc.integer({ min: 1, max: 60 }), Cols: fc.integer({ min: 1, max: 120 }) });
const bytes = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 10 }).map((text) => Buffer.from(text)),
  fc.uint8Array({ maxLength: 6 }).map((value) => Buffer.from(value)),
);
const record = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant("output" as const), bytes }) },
  fc.record({
    kind: fc.constant("input" as const),
    bytes,
    key: fc.option(fc.constant("enter"), { nil: undefined }),
  }),
  fc.record({ kind: fc.constant("withheld" as const) }),
  fc.record({ kind: fc.constant("resize" as const), size }),
  fc.record({ kind: fc.constant("signal" as const) }),
  fc.record({ kind: fc.constant("mark" as const), label: fc.string({ maxLength: 5 }) }),
  fc.record({ kind: fc.constant("event" as const), value: fc.nat() }),
);
const recordings = fc.record({
  ...{
    size,
    title: fc.option(fc.constant("a title")),
    argv: fc.option(fc.constant<string[]>(["sh", "-c", "a b"])),
  },
  records: fc.array(fc.tuple(record, fc.nat(3_000)), { maxLength: 25 }),
  exit: fc.option(
    fc.oneof(
      fc.nat(255).map((Code) => ({ Code, Signal: "" })),
      fc.constant({ Code: -1, Signal: "killed" }),
    ),
  ),
});
type Recording = typeof recordings extends fc.Arbitrary<infer T> ? T : never;

async function recordGiven(given: Recording): Promise<string> {
  const dir = path("made.cassette");
  let ms = 0;
  const recorder = await createRecorder(dir, {
    clock: { now: () => 1_700_000_000_000, monotonic: () => ms },
    manifest: {
      terminal: { initial_rows: given.size.Rows, initial_cols: given.size.Cols },
      timing: { resolution_ms: 1 },
      ...(given.argv && { command: { argv: given.argv } }),
      ...(given.title !== null && { optional: { cassette: { title: given.title } } }),
    },
  });
  for (const [each, delay] of given.records) {
    ms += delay;
    if (each.kind === "output") recorder.recordOutput(each.bytes);
    else if (each.kind === "input") recorder.recordInput({ bytes: each.bytes, key: each.key });
    else if (each.kind === "withheld") recorder.recordInput({ withheld: true });
    else if (each.kind === "resize") recorder.recordInput({ kind: "resize", size: each.size });
    else if (each.kind === "signal") recorder.recordInput({ kind: "signal", signal: "SIGTERM" });
    else if (each.kind === "mark") recorder.recordServiceEvent({ type: "cassette.mark", label: each.label });
    else recorder.recordServiceEvent({ value: each.value });
  }
  const { exit } = given;
  recorder.recordFinal(
    exit ? { exit: { ...exit, Exited: exit.Signal === "", Signaled: exit.Signal !== "", Err: null } } : {},
  );
  await recorder.close();
  return dir;
}

/** What of a cassette may survive. */
async function contentOf(cassette: Cassette) {
  const output: Buffer[] = [];
  for await (const piece of cassette.raw()) output.push(Buffer.from(piece));
  const resizes: unknown[] = [];
  const inputs: string[] = [];
  const marks: unknown[] = [];
  for await (const { t_ms, kind, record } of cassette.events()) {
    if (kind === "input" && record.size) resizes.push([t_ms, record.size]);
    else if (kind === "input" && record.bytes) inputs.push(Buffer.from(record.bytes).toString());
    if (kind === "service-event" && record.payload.json.includes("cassette.mark"))
      marks.push([t_ms, record.payload.json]);
  }
  const { initial_rows, initial_cols } = cassette.manifest.terminal;
  return {
    output: Buffer.concat(output),
    inputs: inputs.join(""),
    ...{ resizes, marks, exit: cassette.final.exit?.Code, end: cassette.final.t_ms },
    ...{ size: [initial_rows, initial_cols], title: cassetteExtras(cassette.manifest).title },
    started: cassette.manifest.provenance.recorded_at,
  };
}

describe("a cassette, written as asciicast v3 and read again", () => {
  it("has lost exactly what the report says", async () => {
    await fc.assert(
      fc.asyncProperty(recordings, async (given) => {
        const dir = await recordGiven(given);
        await using before = await openCassette(dir);
        const result = writeAsciicast(readCassette(before), { version: 3, input: true });
        const file = path("a.cast");
        for await (const piece of result.pieces()) writeFileSync(file, piece, { flag: "a" });
        const lost = Object.fromEntries(result.losses.list().map(({ name, count }) => [name, count]));
        const target = path("again.cassette");
        await using source = await openTerminalRecording(file);
        const { losses } = await importIntoCassette(source, { target, seal: sealOptions(null) });
        expect(losses).toEqual([]);
        await using after = await openCassette(target, { integrity: "required" });
        const [was, is] = [await contentOf(before), await contentOf(after)];
        expect(is.output.toString()).toBe(was.output.toString());
        if (!lost["invalid-bytes"]) expect(is.output.equals(was.output)).toBe(true);
        expect(is.inputs.replaceAll("\ufffd", "")).toBe(was.inputs.replaceAll("\ufffd", ""));
        expect([is.resizes, is.marks, is.size, is.title, is.started]).toEqual([
          was.resizes,
          was.marks,
          was.size,
          was.title,
          was.started,
        ]);
        const count = (kind: string) => given.records.filter(([each]) => each.kind === kind).length;
        expect(lost["withheld-input"] ?? 0).toBe(count("withheld"));
        expect(lost["service-events"] ?? 0).toBe(count("event"));
        expect(lost.signals ?? 0).toBe(count("signal"));
        expect(lost["input-details"] ?? 0).toBe(
          given.records.filter(([each]) => each.kind === "input" && each.key).length,
        );
        expect(lost.arguments ?? 0).toBe(given.argv?.length ?? 0);
        expect(is.exit).toBe(given.exit?.Signal ? 137 : was.exit);
        expect(lost["signal-of-exit"] ?? 0).toBe(given.exit?.Signal ? 1 : 0);
        expect([lost.exit, lost.marks, lost.resizes, lost["rounded-times"], lost.size, lost.title]).toEqual(
          Array(6).fill(undefined),
        );
        if (is.end !== was.end)
          expect(
            lost["end-time"] ?? lost["withheld-input"] ?? lost["service-events"] ?? lost.signals,
          ).toBeGreaterThan(0);
      }),
      { numRuns: process.env.CASSETTE_SOAK ? 200 : 12 },
    );
  });
});

describe("importIntoCassette", () => {
  it("leaves nothing when it is aborted or refused", async () => {
    const file = path("a.cast");
    writeFileSync(file, '{"version":2,"width":80,"height":24}\n[0,"o","a"]\n');
    const before = readdirSync(folder);
    const seal = sealOptions(null);
    for (const options of [
      { seal: { ...seal, signal: AbortSignal.abort(new Error("enough")) } },
      {
        seal,
        onLosses: () => {
          throw new Error("enough");
        },
      },
    ]) {
      await using source = await openTerminalRecording(file);
      await expect(
        importIntoCassette(source, { target: join(folder, "none.cassette"), ...options }),
      ).rejects.toThrow("enough");
    }
    expect(readdirSync(folder)).toEqual(before);
  });
});

describe("openRecording", () => {
  it("opens a cassette as it is, and converts anything else", async () => {
    const file = path("a.cast");
    writeFileSync(file, '{"version":2,"width":80,"height":24}\n[0,"o","a"]\n');
    const converted: string[] = [];
    const onConverted = ({ path, format }: { path: string; format: string }) =>
      converted.push(`${path} ${format}`);
    await using cassette = await openRecording(file, { onConverted });
    expect([cassette.dir, cassette.rawSize, cassette.scrubReport.status]).toEqual([file, 1, "not-run"]);
    for await (const { text } of cassette.frames()) expect(text[0]).toBe("a");
    expect(cassette.counts.frame).toBe(1);
    expect(converted).toEqual([`${file} asciicast-v2`]);
    await expect(openRecording(join(folder, "none"))).rejects.toMatchObject({ code: "CASSETTE_NOT_FOUND" });
    expect(readFileSync(file, "utf8")).toContain("version");
  });
});
