import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { jsonText } from "@cassette/format/schema";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRecorder, findSpools, openCassette, type Recorder, recover } from "../src/index.js";
import { fakeClock } from "./support/fake-clock.js";
import { temporaryDirectory } from "./support/temporary-directory.js";

const coded = (code: string) => expect.objectContaining({ code });
const newTarget = () => join(temporaryDirectory(), "cassette");

async function finish(recorder: Recorder): Promise<void> {
  recorder.recordFinal();
  await recorder.close();
}

describe("createRecorder", () => {
  it("creates the target only when it is closed, and leaves no other file beside it", async () => {
    const target = newTarget();
    const recorder = await createRecorder(target);
    recorder.recordOutput(Buffer.from("hello"));
    await recorder.drain();
    expect(existsSync(target)).toBe(false);
    expect(statSync(recorder.spool).mode & 0o777).toBe(0o700);
    await finish(recorder);
    expect(readdirSync(dirname(target))).toEqual(["cassette"]);
  });

  it("gives the modes 0750 and 0600 through the umask", async () => {
    const target = newTarget();
    await finish(await createRecorder(target));
    expect(statSync(target).mode & 0o777).toBe(0o750 & ~process.umask());
    for (const name of readdirSync(target)) expect(statSync(join(target, name)).mode & 0o777).toBe(0o600);
  });

  it("fills in the writer's defaults", async () => {
    const recorder = await createRecorder(newTarget(), { clock: fakeClock("2026-02-03T04:05:06.789Z") });
    await recorder.abort();
    expect(recorder.manifest).toMatchObject({
      version: 1,
      id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/),
      command: { workdir_policy: "unspecified" },
      terminal: { initial_rows: 24, initial_cols: 80 },
      timing: { resolution_ms: 100, clock_policy: "monotonic-elapsed", replay_default: "collapsed" },
      provenance: {
        recorded_at: "2026-02-03T04:05:06Z",
        recorder_version: expect.stringMatching(/^@cassette\/core\//),
      },
    });
  });

  it.each([
    ["a number for an id", { id: 7 as never }],
    ["rows beyond 65535", { terminal: { initial_rows: 70_000 } }],
    ["a resolution below one", { timing: { resolution_ms: -1 } }],
    ["an emulator without a version", { terminal: { emulator: { name: "x", version: "" } } }],
    ["required features", { required_features: ["future"] }],
  ])("refuses %s in the manifest at once", async (_what, manifest) => {
    const target = newTarget();
    await expect(createRecorder(target, { manifest })).rejects.toEqual(coded("CASSETTE_VALUE_INVALID"));
    expect(readdirSync(dirname(target))).toEqual([]);
  });

  it("refuses an existing target unless `overwrite` is set", async () => {
    const target = newTarget();
    mkdirSync(target);
    await expect(createRecorder(target)).rejects.toEqual(coded("CASSETTE_TARGET_EXISTS"));
  });

  it.each(["missing/one", "file/one"])("names the missing directory: %s", async (name) => {
    const dir = temporaryDirectory();
    writeFileSync(join(dir, "file"), "");
    await expect(createRecorder(join(dir, name))).rejects.toMatchObject({
      code: "CASSETTE_NOT_FOUND",
      file: dirname(join(dir, name)),
    });
  });

  it("overwrites a cassette as a whole", async () => {
    const target = newTarget();
    const first = await createRecorder(target, { manifest: { id: "first" } });
    first.writeQuota({ source: "first", status: "ok" });
    await finish(first);
    await finish(await createRecorder(target, { manifest: { id: "second" }, overwrite: true }));
    await using cassette = await openCassette(target);
    expect(cassette.manifest.id).toBe("second");
    expect(cassette.quota).toBeNull();
  });

  it.each([
    [
      "a directory that is no cassette",
      (target: string) => {
        mkdirSync(target);
        writeFileSync(join(target, "x"), "");
      },
    ],
    ["a file", (target: string) => writeFileSync(target, "")],
    ["a symlink", (target: string) => symlinkSync("/nowhere", target)],
  ])("does not overwrite %s", async (_what, put) => {
    const target = newTarget();
    put(target);
    const attempt = createRecorder(target, { overwrite: true });
    await expect(attempt).rejects.toEqual(coded("CASSETTE_TARGET_EXISTS"));
  });

  it("does not overwrite a cassette whose directory contains other files", async () => {
    const target = newTarget();
    await finish(await createRecorder(target));
    writeFileSync(join(target, "notes.txt"), "mine");
    const attempt = createRecorder(target, { overwrite: true });
    await expect(attempt).rejects.toThrow('"notes.txt", which is no part of a cassette');
    expect(readFileSync(join(target, "notes.txt"), "utf8")).toBe("mine");
  });

  it("never overwrites a newer version", async () => {
    const target = newTarget();
    mkdirSync(target);
    writeFileSync(join(target, "manifest.json"), '{"version":2}');
    const attempt = createRecorder(target, { overwrite: true });
    await expect(attempt).rejects.toEqual(coded("CASSETTE_VERSION_UNSUPPORTED"));
  });

  it("numbers records in the order of the calls and reads the clock for each", async () => {
    const clock = fakeClock();
    const recorder = await createRecorder(newTarget(), { clock });
    clock.at(149);
    expect(recorder.recordOutput(Buffer.from("a"))).toMatchObject({
      seq: 1,
      t_ms: 100,
      offset: 0,
      length: 1,
    });
    clock.at(250);
    expect(recorder.recordInput({ bytes: Buffer.from("k") })).toMatchObject({ seq: 2, t_ms: 200 });
    expect(recorder.recordServiceEvent({ a: 1 })).toMatchObject({ seq: 3, payload: { json: '{"a":1}' } });
    clock.at(1234.5);
    expect(recorder.recordFinal()).toMatchObject({ seq: 4, t_ms: 1200, duration_ms: 1234 });
    await recorder.abort();
  });

  it("copies what it is given", async () => {
    const target = newTarget();
    const recorder = await createRecorder(target);
    const bytes = Buffer.from("before");
    recorder.recordOutput(bytes);
    bytes.fill("x");
    await finish(recorder);
    expect(readFileSync(join(target, "output.raw"), "latin1")).toBe("before");
  });

  it.each<[string, (recorder: Recorder) => unknown, string]>([
    [
      "a payload that no reader takes unasked",
      (r) => r.recordServiceEvent("x".repeat(2 ** 24)),
      "CASSETTE_VALUE_INVALID",
    ],
    ["a payload JSON cannot hold", (r) => r.recordServiceEvent({ n: 1n }), "CASSETTE_VALUE_INVALID"],
    [
      "a size out of range",
      (r) => r.recordInput({ size: { Rows: 70_000, Cols: 1 } }),
      "CASSETTE_VALUE_INVALID",
    ],
    [
      "a fraction of a row",
      (r) => r.recordFrame({ size: { Rows: 1.5, Cols: 1 }, text: [] }),
      "CASSETTE_VALUE_INVALID",
    ],
    [
      "an exit with an error",
      (r) => r.recordFinal({ exit: { Err: "x" } as never }),
      "CASSETTE_VALUE_INVALID",
    ],
  ])("refuses %s and uses no seq for it", async (_what, call, code) => {
    const recorder = await createRecorder(newTarget());
    expect(() => call(recorder)).toThrow(coded(code));
    expect(recorder.recordOutput(Buffer.from("x")).seq).toBe(1);
    await recorder.abort();
  });

  it("takes bytes only as bytes", async () => {
    const recorder = await createRecorder(newTarget());
    expect(() => recorder.recordOutput("text" as never)).toThrow(TypeError);
    expect(() => recorder.recordInput({ bytes: "dGV4dA==" as never })).toThrow(TypeError);
    expect(() => recorder.recordServiceEvent(undefined)).toThrow(TypeError);
    await recorder.abort();
  });

  it("refuses a clock that steps back, and continues once it is right again", async () => {
    const clock = fakeClock();
    const recorder = await createRecorder(newTarget(), { clock });
    clock.at(500);
    recorder.recordOutput(Buffer.from("a"));
    clock.at(400);
    expect(() => recorder.recordOutput(Buffer.from("b"))).toThrow(coded("CASSETTE_CLOCK_REGRESSED"));
    clock.at(600);
    expect(recorder.recordOutput(Buffer.from("b")).seq).toBe(2);
    await recorder.abort();
  });

  it("explains what is wrong with the final record", async () => {
    const recorder = await createRecorder(newTarget());
    await expect(recorder.close()).rejects.toEqual(coded("CASSETTE_FINAL_MISSING"));
    recorder.recordFinal();
    expect(() => recorder.recordFinal()).toThrow(coded("CASSETTE_FINAL_DUPLICATE"));
    expect(() => recorder.recordOutput(Buffer.from("x"))).toThrow(coded("CASSETTE_FINAL_PASSED"));
    await recorder.close();
    await recorder.close();
    expect(() => recorder.recordOutput(Buffer.from("x"))).toThrow(coded("CASSETTE_RECORDER_CLOSED"));
    expect(() => recorder.writeQuota({ source: "s", status: "s" })).toThrow(
      coded("CASSETTE_RECORDER_CLOSED"),
    );
  });

  it("leaves no files when aborted, or the spool on request", async () => {
    const target = newTarget();
    const recorder = await createRecorder(target);
    recorder.recordOutput(Buffer.from("x"));
    await recorder.abort();
    await expect(recorder.close()).rejects.toEqual(coded("CASSETTE_RECORDER_CLOSED"));
    expect(readdirSync(dirname(target))).toEqual([]);
    const kept = await createRecorder(target);
    await kept.abort({ keepSpool: true });
    expect(await findSpools(target)).toEqual([kept.spool]);
  });

  it("lets one of two recordings of the same target win, and the other be recovered elsewhere", async () => {
    const target = newTarget();
    const [first, second] = [await createRecorder(target), await createRecorder(target)];
    await finish(first);
    second.recordFinal();
    await expect(second.close()).rejects.toEqual(coded("CASSETTE_TARGET_EXISTS"));
    await second.abort({ keepSpool: true });
    await recover(second.spool, { target: `${target}-second` });
    await using cassette = await openCassette(`${target}-second`);
    expect(cassette.manifest.id).toBe(second.manifest.id);
  });

  it("reports a spool that vanished", async () => {
    const target = newTarget();
    const recorder = await createRecorder(target);
    recorder.recordOutput(Buffer.from("x"));
    recorder.recordFinal();
    rmSync(recorder.spool, { recursive: true });
    await expect(recorder.close()).rejects.toMatchObject({ code: expect.stringMatching(/^CASSETTE_/) });
    await expect(recorder.close()).rejects.toMatchObject({ code: expect.stringMatching(/^CASSETTE_/) });
    expect(existsSync(target)).toBe(false);
    await recorder.abort();
  });

  it("closes once for callers at the same time", async () => {
    const target = newTarget();
    const recorder = await createRecorder(target);
    recorder.recordFinal();
    await Promise.all([recorder.close(), recorder.close(), recorder.close()]);
    expect(existsSync(target)).toBe(true);
  });

  it("keeps the spelling of payloads through reading and rewriting", async () => {
    const spelled = '{"z":1.50,"a":[1E+3,-0.0],"z":"\\u0041"}';
    const target = newTarget();
    const recorder = await createRecorder(target);
    recorder.recordServiceEvent(jsonText(spelled));
    await finish(recorder);
    await using cassette = await openCassette(target);
    for await (const { payload } of cassette.serviceEvents()) expect(payload.json).toBe(spelled);
  });

  it("withholds what is typed while the terminal shows nothing, one record a line", async () => {
    const recorder = await createRecorder(newTarget());
    const type = (text: string, echo: boolean) =>
      recorder.recordSessionEvent({
        kind: "input",
        bytes: Buffer.from(text),
        origin: "typed",
        modes: { canonical: true, echo },
      });
    expect(type("a", true)).toMatchObject({ bytes: expect.any(Uint8Array) });
    expect(type("h", false)).toEqual({ seq: 2, t_ms: 0, kind: "input", withheld: true });
    expect(type("unter2\r", false)).toBeNull();
    expect(type("again\r", false)).toMatchObject({ seq: 3, withheld: true });
    expect(type("b", true)).not.toHaveProperty("withheld");
    // Two lines and an end of file.
    expect(type("one\ntwo\n\x04", false)).toMatchObject({ seq: 7, withheld: true });
    expect(type("never mind\x03", false)).toMatchObject({ seq: 8, withheld: true });
    expect(type("c", true)).not.toHaveProperty("withheld");
    await recorder.abort();
  });

  it("reads back any interleaving of records in the order of the calls", async () => {
    const call = fc.oneof(
      fc.record({ kind: fc.constant("output"), bytes: fc.uint8Array({ maxLength: 300 }) }),
      fc.record({ kind: fc.constant("input"), bytes: fc.uint8Array({ minLength: 1, maxLength: 20 }) }),
      fc.record({ kind: fc.constant("service-event"), value: fc.jsonValue() }),
      fc.record({ kind: fc.constant("frame"), text: fc.array(fc.string({ unit: "grapheme" })) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(call, { maxLength: 60 }), async (calls) => {
        const target = join(temporaryDirectory({ inMemory: true }), "cassette");
        const recorder = await createRecorder(target, { integrity: true });
        for (const { kind, ...given } of calls) {
          if ("bytes" in given && kind === "output") recorder.recordOutput(given.bytes);
          else if ("bytes" in given) recorder.recordInput({ bytes: given.bytes });
          else if ("value" in given) recorder.recordServiceEvent(given.value);
          else recorder.recordFrame({ size: { Rows: 1, Cols: 1 }, text: given.text });
        }
        await finish(recorder);
        await using cassette = await openCassette(target, { integrity: "required" });
        const kinds: string[] = [];
        for await (const { seq, kind } of cassette.events()) expect(kinds.push(kind)).toBe(seq);
        expect(kinds).toEqual([...calls.map(({ kind }) => kind), "final"]);
      }),
      { numRuns: process.env.CASSETTE_SOAK ? 1000 : 25 },
    );
  });
});
