import { createHash } from "node:crypto";
import { appendFileSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { JsonValue, Redactor } from "@cassette/format";
import { describe, expect, it } from "vitest";
import {
  createRecorder,
  followOutput,
  openCassette,
  type Recorder,
  recover,
  type SealOptions,
  scanMaskedOutput,
  scrubStatedFacts,
  seal,
} from "../src/index.js";
import { cassettePath } from "./support/conformance-data.js";
import { fakeClock } from "./support/fake-clock.js";
import { temporaryDirectory } from "./support/temporary-directory.js";
import { toySeal } from "./support/toy-seal.js";

const coded = (code: string) => expect.objectContaining({ code });
const bytes = (text: string) => Buffer.from(text, "latin1");

/** A recording with a secret in every place, not ended. */
async function recording(
  output = ["type s3", "cret", " end"],
): Promise<{ target: string; recorder: Recorder }> {
  const target = join(temporaryDirectory(), "cassette");
  const clock = fakeClock();
  const recorder = await createRecorder(target, {
    manifest: { command: { argv: ["run", "s3cret"] }, timing: { resolution_ms: 1 } },
    clock,
    gitAttributes: true,
    scrub: { settings: "kept" },
  });
  recorder.recordOutput(bytes(output[0] ?? ""));
  for (const [index, key] of [..."s3cret"].entries()) {
    clock.at(10 + index);
    recorder.recordInput({ bytes: bytes(key), key });
  }
  for (const chunk of output.slice(1)) recorder.recordOutput(bytes(chunk));
  recorder.recordServiceEvent({ token: "s3cret" });
  recorder.writeQuota({ source: "s3cret", status: "known" });
  return { target, recorder };
}

function filesOf(dir: string): string {
  return readdirSync(dir)
    .map((name) => readFileSync(join(dir, name), "latin1"))
    .join("\n");
}

/** A redactor that finds what it should in one artifact and leaves it there. */
function blindIn(artifact: string): Redactor {
  const toy = toySeal.redactor;
  if (!toy) throw new Error("The toy scrubs.");
  if (artifact === "input.jsonl") {
    return { ...toy, scrubInputs: (records) => ({ ...toy.scrubInputs(records), records: [...records] }) };
  }
  const isPayload = (value: JsonValue) => Object.hasOwn(Object(value), "token");
  return {
    ...toy,
    scrubJson: (value) => ({ ...toy.scrubJson(value), ...(isPayload(value) && { value }) }),
  };
}

describe("Recorder.seal", () => {
  it("leaves a secret in no file, and chunks, times and order as they were", async () => {
    const { target, recorder } = await recording();
    recorder.recordFinal({ final_text: "s3cret", exit: undefined });
    const report = await recorder.seal(toySeal);
    expect(report).toMatchObject({ status: "redacted", artifacts: { "output.raw": { toy: 1 } } });
    expect(filesOf(target)).not.toContain("s3cret");
    expect(readFileSync(join(target, "output.raw"), "latin1")).toBe("type ****** end");
    expect(readdirSync(dirname(target))).toEqual(["cassette"]);

    await using cassette = await openCassette(target);
    const events = [];
    for await (const { seq, t_ms, kind } of cassette.events()) events.push(`${seq} ${t_ms} ${kind}`);
    expect(events).toEqual([
      ...["1 0 output", "2 0 frame", "3 10 input", "4 11 input", "5 12 input", "6 13 input", "7 14 input"],
      ...[
        "8 15 input",
        "9 15 output",
        "10 15 frame",
        "11 15 output",
        "12 15 frame",
        "13 15 service-event",
        "14 15 final",
      ],
    ]);
    const lengths = [];
    for await (const { length } of cassette.outputs()) lengths.push(length);
    expect(lengths).toEqual([7, 4, 4]);
    expect(cassette.manifest.terminal.emulator).toEqual(toySeal.emulator);
    expect(cassette.scrubReport).toEqual(report);
  });

  it("says not-run when it is not to scrub, and still derives the frames", async () => {
    const { target, recorder } = await recording();
    recorder.recordFinal();
    expect(await recorder.seal({ ...toySeal, redactor: null })).toEqual({
      status: "not-run",
      rules: [],
      hit_counts: {},
    });
    await using cassette = await openCassette(target);
    expect(cassette.counts.frame).toBe(3);
    expect(filesOf(target)).toContain("type s3cret end");
  });

  it("makes no cassette if a secret remains, and reports where but not what", async () => {
    const { target, recorder } = await recording(["s3\x1b[C", "cret"]);
    recorder.recordFinal();
    const error = await recorder.seal(toySeal).catch((reason) => reason);
    expect(error).toMatchObject({ code: "CASSETTE_SECRET_REMAINS", seq: expect.any(Number) });
    expect(error.message).toContain("frames.jsonl at 15 ms (rule toy)");
    expect(JSON.stringify(error) + error.message).not.toContain("s3cret");
    expect(existsSync(target)).toBe(false);

    await recorder.abort({ keepSpool: true });
    const allowing = { ...toySeal, redactor: null };
    expect(await recover(recorder.spool, { seal: () => allowing })).toMatchObject({
      target,
      interrupted: false,
    });
    await using cassette = await openCassette(target);
    expect(cassette.rawSize).toBe(9);
  });

  it.each(["input.jsonl", "service-events.jsonl"])(
    "makes no cassette when %s still holds something after it was masked",
    async (artifact) => {
      const { target, recorder } = await recording();
      recorder.recordFinal();
      const error = await recorder
        .seal({ ...toySeal, redactor: blindIn(artifact) })
        .catch((reason) => reason);
      expect(error).toMatchObject({ code: "CASSETTE_SECRET_REMAINS" });
      expect(error.message).toContain(`${artifact}`);
      expect(JSON.stringify(error) + error.message).not.toContain("s3cret");
      expect(existsSync(target)).toBe(false);
      await recorder.abort();
    },
  );

  it("adds a file that keeps repositories from converting line ends, if asked", async () => {
    const { target, recorder } = await recording();
    recorder.recordFinal();
    await recorder.seal(toySeal);
    expect(readFileSync(join(target, ".gitattributes"), "utf8")).toBe("* -text\n");
  });
});

describe("scrubStatedFacts", () => {
  const facts = {
    manifest: { id: "s3cret", command: { argv: ["run", "s3cret"], timeout_ms: undefined } },
    quota: { source: "s3cret", status: "known" },
  };

  it("scrubs facts but for the format's own fields, and says what was found", () => {
    const { facts: scrubbed, found } = scrubStatedFacts(facts, toySeal.redactor);
    expect(scrubbed).toEqual({
      manifest: { id: "s3cret", command: { argv: ["run", "******"] } },
      quota: { source: "******", status: "known" },
    });
    expect(found.map(([artifact, { hit_counts }]) => [artifact, hit_counts])).toEqual([
      ["manifest.json", { toy: 1 }],
      ["quota.json", { toy: 1 }],
    ]);
  });

  it("leaves facts as they are without a redactor", () => {
    expect(scrubStatedFacts(facts, null)).toEqual({ facts, found: [] });
  });

  it("keeps a secret of the facts out of the spool, and its hits in the report", async () => {
    const target = join(temporaryDirectory(), "cassette");
    const { facts: scrubbed, found } = scrubStatedFacts(facts, toySeal.redactor);
    const recorder = await createRecorder(target, { manifest: { ...scrubbed.manifest, id: "one" } });
    expect(readFileSync(join(recorder.spool, "spool.json"), "utf8")).not.toContain("s3cret");
    recorder.recordFinal();
    const report = await recorder.seal({ ...toySeal, found });
    expect(report).toMatchObject({ status: "redacted", artifacts: { "manifest.json": { toy: 1 } } });
  });
});

describe("recover, with a way to seal", () => {
  it("scrubs an interrupted recording with the settings that its recorder stored", async () => {
    const { target, recorder } = await recording();
    await recorder.drain();
    await recorder.abort({ keepSpool: true });
    const given: unknown[] = [];
    const recovery = await recover(recorder.spool, {
      seal: (scrub) => {
        given.push(scrub);
        return toySeal;
      },
    });
    expect(given).toEqual([{ settings: "kept" }]);
    expect(recovery).toMatchObject({ interrupted: true, report: { status: "redacted" } });
    expect(filesOf(target)).not.toContain("s3cret");
  });
});

describe("seal", () => {
  it("makes a scrubbed cassette of another one", async () => {
    const { target, recorder } = await recording();
    recorder.recordFinal();
    await recorder.close();
    const scrubbed = join(temporaryDirectory(), "scrubbed");
    await seal(target, scrubbed, toySeal);
    expect(filesOf(scrubbed)).not.toContain("s3cret");
    await using cassette = await openCassette(scrubbed, { integrity: "required" });
    expect(cassette.manifest.id).toBe(recorder.manifest.id);
    expect(filesOf(target)).toContain("s3cret");
  });

  it("replaces the cassette itself only on request", async () => {
    const { target, recorder } = await recording();
    recorder.recordFinal();
    await recorder.close();
    await expect(seal(target, target, toySeal)).rejects.toEqual(coded("CASSETTE_TARGET_EXISTS"));
    await seal(target, target, { ...toySeal, overwrite: true });
    expect(filesOf(target)).not.toContain("s3cret");
    expect(readdirSync(dirname(target))).toEqual(["cassette"]);
  });

  describe("with another processor for scans", () => {
    /** Nine megabytes, with a secret at the end or none. */
    async function long(end: string): Promise<string> {
      const line = `${"-".repeat(1_023)}\n`.repeat(1_024);
      const { target, recorder } = await recording(["begin", ...Array<string>(9).fill(line), end]);
      recorder.recordFinal();
      await recorder.close();
      return target;
    }

    function sealingElsewhere(scan = scanMaskedOutput) {
      const dirs: string[] = [];
      const { redactor } = toySeal;
      if (!redactor) throw new Error("The toy scrubs.");
      const options: SealOptions = {
        ...toySeal,
        // The toy's frames would hold all that was printed, each.
        async *deriveFrames({ events }) {
          for await (const _ of events) yield* [];
        },
        scanElsewhere(dir, masks, signal) {
          dirs.push(dir);
          return scan(dir, masks, { ...toySeal, redactor, signal });
        },
      };
      return { dirs, options };
    }

    it.each([
      ["of a clean recording", "end", 1],
      ["of one with a secret", "s3cret", 2],
    ])("makes the same %s", async (_, end, scans) => {
      const source = await long(end);
      const [apart, alone] = ["apart", "alone"].map((name) => join(temporaryDirectory(), name)) as [
        string,
        string,
      ];
      const { dirs, options } = sealingElsewhere();
      await seal(source, apart, options);
      await seal(source, alone, { ...options, scanElsewhere: undefined });
      expect(dirs).toEqual(Array(scans).fill(source));
      expect(filesOf(apart)).not.toContain("s3cret");
      expect(filesOf(apart) === filesOf(alone)).toBe(true);
    });

    it.each([
      ["what was recorded", "end", 0, true],
      ["what was recorded, with a secret", "s3cret", 1, true],
      ["other bytes", "s3cret", 2, false],
    ])("makes the same with a scan, made during the recording, of %s", async (_, end, scans, isSame) => {
      const source = await long(end);
      const [apart, alone] = ["apart", "alone"].map((name) => join(temporaryDirectory(), name)) as [
        string,
        string,
      ];
      const { dirs, options } = sealingElsewhere();
      const path = isSame ? join(source, "output.raw") : join(source, "output.jsonl");
      const redactor = toySeal.redactor as NonNullable<typeof toySeal.redactor>;
      await seal(source, apart, {
        ...options,
        followed: (size) =>
          followOutput(path, { redactor, totalSize: () => (isSame ? size : statSync(path).size) }),
      });
      await seal(source, alone, { ...options, scanElsewhere: undefined });
      expect(dirs).toHaveLength(scans);
      expect(filesOf(apart)).not.toContain("s3cret");
      expect(filesOf(apart) === filesOf(alone)).toBe(true);
    });

    it("scans a file while it grows", async () => {
      const path = join(temporaryDirectory(), "output.raw");
      writeFileSync(path, "beg");
      let size: number | null = null;
      const redactor = toySeal.redactor as NonNullable<typeof toySeal.redactor>;
      const following = followOutput(path, { redactor, totalSize: () => size });
      for (const more of ["in s3c", "ret", " end"]) {
        await new Promise((resolve) => setTimeout(resolve, 25));
        appendFileSync(path, more);
      }
      size = statSync(path).size;
      appendFileSync(path, "later");
      const { sha256, found } = await following;
      expect(sha256).toBe(createHash("sha256").update("begin s3cret end").digest("hex"));
      expect(found.mask.ranges).toMatchObject([[6, 12, 0]]);
    });

    it("makes none when the scan fails", async () => {
      const source = await long("end");
      const target = join(temporaryDirectory(), "sealed");
      const { options } = sealingElsewhere(() => Promise.reject(new Error("no processor")));
      await expect(seal(source, target, options)).rejects.toThrow("no processor");
      expect(readdirSync(dirname(target))).toEqual([]);
    });

    it("ends the scan when it is aborted", async () => {
      const source = await long("end");
      const target = join(temporaryDirectory(), "sealed");
      const abort = new AbortController();
      const { options } = sealingElsewhere(async (_dir, _masks, { signal }) => {
        abort.abort(new Error("enough"));
        signal?.throwIfAborted();
        throw new Error("It continues.");
      });
      const sealing = seal(source, target, { ...options, signal: abort.signal });
      await expect(sealing).rejects.toThrow("enough");
    });
  });

  it("accepts input that another implementation wrote", async () => {
    const target = join(temporaryDirectory(), "sealed");
    expect(await seal(cassettePath("real-less"), target, toySeal)).toMatchObject({ status: "clean" });
    await using before = await openCassette(cassettePath("real-less"));
    await using after = await openCassette(target);
    expect(after.manifest.content_digest).toEqual(before.manifest.content_digest);
    expect(after.final).toEqual({ ...before.final, seq: after.final.seq });
  });
});
