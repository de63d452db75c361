import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  createRecorder,
  findSpools,
  listSpools,
  openCassette,
  type Recorder,
  recover,
} from "../src/index.js";
import { describeThisProcess } from "../src/lib/lock/process-owner.js";
import { recoverOn } from "../src/lib/recover/recover.js";
import { type FileSystem, nodeFileSystem } from "../src/lib/spool/file-system.js";
import { temporaryDirectory } from "./support/temporary-directory.js";
import { toySeal } from "./support/toy-seal.js";

const coded = (code: string) => expect.objectContaining({ code });

/** A recording of ten chunks and one input, as a crash leaves it. */
async function leftBehind(prepare: (recorder: Recorder) => void = () => {}) {
  const target = join(temporaryDirectory(), "cassette");
  const recorder = await createRecorder(target, { manifest: { id: "left" } });
  for (let n = 0; n < 10; n++) recorder.recordOutput(Buffer.from(`chunk ${n}\n`));
  recorder.recordInput({ bytes: Buffer.from("k") });
  prepare(recorder);
  await recorder.abort({ keepSpool: true });
  return {
    target,
    spool: recorder.spool,
    artifact: (name: string) => join(recorder.spool, "cassette", name),
  };
}

describe("recover", () => {
  it("gives an interrupted recording an end without an exit and a report that says not-run", async () => {
    const { target, spool } = await leftBehind();
    expect(await recover(spool)).toEqual({
      report: null,
      target,
      interrupted: true,
      missing: 0,
      undescribed: 0,
      lost: [],
      complete: true,
    });
    await using cassette = await openCassette(target);
    expect(cassette.manifest.id).toBe("left");
    expect(cassette.counts).toMatchObject({ output: 10, input: 1 });
    expect(cassette.final).toMatchObject({ seq: 12, metadata: { interrupted: true } });
    expect(cassette.final.exit).toBeUndefined();
    expect(cassette.scrubReport).toEqual({ status: "not-run", rules: [], hit_counts: {} });
    expect(readdirSync(dirname(target))).toEqual(["cassette"]);
  });

  it("keeps the end of a recording that only had not taken its name", async () => {
    const exit = { Code: 3, Signal: "", Exited: true, Signaled: false };
    const { target, spool } = await leftBehind((recorder) => recorder.recordFinal({ exit }));
    expect(await recover(spool)).toMatchObject({ interrupted: false });
    await using cassette = await openCassette(target);
    expect(cassette.final.exit).toMatchObject(exit);
    expect(cassette.final.metadata).toBeUndefined();
  });

  it("keeps output that no line describes as chunks of its own, and marks them", async () => {
    const { target, spool, artifact } = await leftBehind();
    const more = "x".repeat(150_000);
    appendFileSync(artifact("output.raw"), more);
    expect(await recover(spool)).toMatchObject({ interrupted: true, undescribed: 150_000, complete: true });
    await using cassette = await openCassette(target);
    expect(cassette.counts).toMatchObject({ output: 13, input: 1 });
    expect(readFileSync(join(target, "output.raw"), "utf8")).toMatch(/^(chunk \d\n){10}x{150000}$/);
    expect(cassette.final.metadata).toEqual({
      interrupted: true,
      undescribed_output: [{ offset: 80, bytes: 150_000 }],
    });
    expect(existsSync(spool)).toBe(false);
  });

  it("keeps all output when not a single line is left", async () => {
    const { target, spool, artifact } = await leftBehind();
    truncateSync(artifact("output.jsonl"), 0);
    expect(await recover(spool)).toMatchObject({ undescribed: 80, missing: 10, complete: true });
    await using cassette = await openCassette(target);
    expect(cassette.counts).toMatchObject({ output: 1, input: 1 });
    expect(cassette.final.metadata).toMatchObject({ missing_records: 10 });
  });

  it("keeps what comes after an unreadable line, and the spool with that line", async () => {
    const { target, spool, artifact } = await leftBehind();
    const lines = readFileSync(artifact("output.jsonl"), "utf8").split("\n");
    lines[3] = "no json";
    writeFileSync(artifact("output.jsonl"), lines.join("\n"));
    const recovery = await recover(spool);
    expect(recovery).toMatchObject({ missing: 1, undescribed: 8, complete: false });
    await using cassette = await openCassette(target);
    expect(cassette.counts).toMatchObject({ output: 10, input: 1 });
    expect(readFileSync(join(target, "output.raw"), "utf8")).toMatch(/^(chunk \d\n){10}$/);
    expect(readFileSync(artifact("output.jsonl"), "utf8")).toContain("no json");
    expect(await recover(spool, { target: `${target}-again` })).toEqual({
      ...recovery,
      target: `${target}-again`,
    });
  });

  it("keeps the spool for a torn last line, and takes a whole one without its newline", async () => {
    const torn = await leftBehind();
    appendFileSync(torn.artifact("input.jsonl"), '{"seq":12,"t_ms":0,"ki');
    expect(await recover(torn.spool)).toMatchObject({ missing: 1, complete: false });
    expect(existsSync(torn.spool)).toBe(true);
    const whole = await leftBehind();
    appendFileSync(whole.artifact("input.jsonl"), '{"seq":12,"t_ms":0,"kind":"input","bytes":"aw=="}');
    expect(await recover(whole.spool)).toMatchObject({ missing: 0, complete: true });
    await using cassette = await openCassette(whole.target);
    expect(cassette.counts).toMatchObject({ input: 2 });
  });

  it("keeps the rest of output that was truncated or changed", async () => {
    const { target, spool, artifact } = await leftBehind();
    truncateSync(artifact("output.raw"), 20);
    expect(await recover(spool)).toMatchObject({ undescribed: 4, complete: false });
    await using cassette = await openCassette(target);
    expect(cassette.counts).toMatchObject({ output: 3, input: 1 });
    const changed = await leftBehind();
    writeFileSync(changed.artifact("output.raw"), "CHUNK 0\n".repeat(10));
    expect(await recover(changed.spool)).toMatchObject({ undescribed: 80, complete: false });
    expect(readFileSync(join(changed.target, "output.raw"), "utf8")).toBe("CHUNK 0\n".repeat(10));
  });

  it("keeps the spool when a file was written only in part, or is no part of a cassette", async () => {
    const { spool, artifact } = await leftBehind((recorder) =>
      recorder.writeQuota({ source: "s", status: "s" }),
    );
    truncateSync(artifact("quota.json"), 5);
    writeFileSync(artifact("notes.txt"), "mine");
    expect(await recover(spool)).toMatchObject({ lost: ["notes.txt", "quota.json"], complete: false });
    expect(existsSync(artifact("notes.txt"))).toBe(true);
  });

  it("restores an old cassette that was moved aside when the recorder died, and then reports the conflict", async () => {
    const { target, spool } = await leftBehind();
    const old = await createRecorder(target, { manifest: { id: "old" } });
    old.recordFinal();
    await old.close();
    renameSync(target, join(spool, "replaced"));
    await expect(recover(spool)).rejects.toEqual(coded("CASSETTE_TARGET_EXISTS"));
    await using cassette = await openCassette(target);
    expect(cassette.manifest.id).toBe("old");
    expect(await recover(spool, { overwrite: true })).toMatchObject({ target });
    await using replaced = await openCassette(target);
    expect(replaced.manifest.id).toBe("left");
  });

  it("cleans up after a recording that had got its name", async () => {
    const { target, spool, artifact } = await leftBehind((recorder) => recorder.recordFinal());
    await recover(spool);
    mkdirSync(spool);
    writeFileSync(join(spool, "spool.json"), JSON.stringify(noteOf(target)));
    expect(await recover(spool)).toMatchObject({ target, interrupted: false });
    expect(existsSync(spool)).toBe(false);
    expect(existsSync(artifact("output.raw"))).toBe(false);
  });

  it("removes the remains of a spool that was being created or removed", async () => {
    for (const left of [[], [".gitignore"], [".gitignore", "spool.json.new"]]) {
      const spool = join(temporaryDirectory(), ".it.spool-0123456789ab");
      mkdirSync(spool);
      for (const name of left) writeFileSync(join(spool, name), "");
      expect(await recover(spool)).toBeNull();
      expect(existsSync(spool)).toBe(false);
    }
  });

  it("cleans up after a recovery that had got its name, and does not touch its cassette", async () => {
    const { target, spool } = await leftBehind();
    const kept = `${spool}-kept`;
    cpSync(spool, kept, { recursive: true });
    await recover(spool);
    const recovered = contentsOf(target);
    renameSync(kept, spool);
    renameSync(join(spool, "cassette"), join(spool, "saved"));
    rmSync(join(spool, "saved", "output.raw"));
    expect(await recover(spool, { overwrite: true })).toBeNull();
    expect(existsSync(spool)).toBe(false);
    expect(contentsOf(target)).toEqual(recovered);
  });

  it("removes the copy that an interrupted recovery left, and still has the recording", async () => {
    const { target, spool } = await leftBehind();
    const copy = join(dirname(target), ".cassette.spool-0123456789ab");
    cpSync(spool, copy, { recursive: true });
    const note = JSON.parse(readFileSync(join(copy, "spool.json"), "utf8"));
    writeFileSync(join(copy, "spool.json"), JSON.stringify({ ...note, source: spool }));
    expect((await listSpools(dirname(target))).map(({ state }) => state).sort()).toEqual(["copy", "left"]);
    expect(await recover(copy)).toBeNull();
    expect(await recover(spool)).toMatchObject({ target, missing: 0 });
    expect(readdirSync(dirname(target))).toEqual(["cassette"]);
  });

  it.each(["beside the spool", "elsewhere"])(
    "clears up after earlier attempts of its own, and puts back what they had put aside: %s",
    async (place) => {
      const { target: recorded, spool } = await leftBehind();
      const target = place === "elsewhere" ? join(temporaryDirectory(), "cassette") : recorded;
      const attempt = await deadAttempt(spool, target);
      const old = await createRecorder(target, { manifest: { id: "old" } });
      old.recordFinal();
      await old.close();
      renameSync(target, join(attempt, "replaced"));
      await expect(recover(spool, { target })).rejects.toEqual(coded("CASSETTE_TARGET_EXISTS"));
      expect(existsSync(attempt)).toBe(false);
      await using cassette = await openCassette(target);
      expect(cassette.manifest.id).toBe("old");
    },
  );

  it("names nothing when another process has recovered the same spool meanwhile", async () => {
    const { target, spool } = await leftBehind();
    const deriveFrames: typeof toySeal.deriveFrames = async function* (recording) {
      renameSync(join(spool, "cassette"), join(spool, "saved"));
      yield* toySeal.deriveFrames(recording);
    };
    const seal = () => ({ ...toySeal, deriveFrames });
    await expect(recover(spool, { seal, overwrite: true })).rejects.toEqual(coded("CASSETTE_RECOVER_FAILED"));
    expect(readdirSync(dirname(target))).toEqual([basename(spool)]);
  });

  it("never takes what a removal cut short left of a recording for the recording", async () => {
    const { target, spool } = await leftBehind();
    const disk: FileSystem = {
      ...nodeFileSystem,
      async remove(path) {
        if (dirname(path) !== spool || !existsSync(join(path, "output.raw")))
          return nodeFileSystem.remove(path);
        rmSync(join(path, "output.raw"));
        throw Object.assign(new Error("made to fail"), { code: "EIO" });
      },
    };
    const error = await recoverOn(disk, spool).catch((error) => error);
    expect(error).toMatchObject({ code: "CASSETTE_WRITE_FAILED", hint: expect.stringContaining(target) });
    const recovered = contentsOf(target);
    expect(await recover(spool, { overwrite: true })).toBeNull();
    expect(contentsOf(target)).toEqual(recovered);
    expect(readdirSync(dirname(target))).toEqual(["cassette"]);
  });

  it("keeps a copy whose source is gone", async () => {
    const { target, spool } = await leftBehind();
    const attempt = await deadAttempt(spool, target);
    rmSync(spool, { recursive: true });
    await expect(recover(attempt)).rejects.toEqual(coded("CASSETTE_RECOVER_FAILED"));
    expect(existsSync(join(attempt, "cassette", "output.raw"))).toBe(true);
  });

  it("replaces a final record that is earlier than the record before it", async () => {
    const { target, spool, artifact } = await leftBehind((recorder) => recorder.recordFinal());
    const lines = readFileSync(artifact("input.jsonl"), "utf8");
    writeFileSync(artifact("input.jsonl"), lines.replace(/"t_ms":\d+/, '"t_ms":123456789'));
    expect(await recover(spool)).toMatchObject({ interrupted: true, missing: 0 });
    await using cassette = await openCassette(target);
    expect(cassette.final).toMatchObject({ t_ms: 123456789, metadata: { interrupted: true } });
  });

  it("takes no old cassette of the same id for the recording", async () => {
    const { target, spool } = await leftBehind();
    const old = await createRecorder(target, { manifest: { id: "left" } });
    old.recordFinal();
    await old.close();
    await expect(recover(spool)).rejects.toEqual(coded("CASSETTE_TARGET_EXISTS"));
    expect(await recover(spool, { overwrite: true })).toMatchObject({ target, interrupted: true });
    await using cassette = await openCassette(target);
    expect(cassette.counts).toMatchObject({ output: 10 });
  });

  it("misses nothing of a document that was made and not written yet", async () => {
    const { target, spool, artifact } = await leftBehind();
    writeFileSync(artifact("final.json"), "");
    expect(await recover(spool)).toMatchObject({ target, interrupted: true, lost: [], complete: true });
    expect(existsSync(spool)).toBe(false);
  });

  it("skips a document or a line file that is no regular file or too long, and keeps the spool", async () => {
    const { target, spool, artifact } = await leftBehind();
    rmSync(artifact("frames.jsonl"));
    mkdirSync(artifact("frames.jsonl"));
    mkdirSync(artifact("quota.json"));
    expect(await recover(spool)).toMatchObject({ lost: ["frames.jsonl", "quota.json"], complete: false });
    await using cassette = await openCassette(target);
    expect(cassette.counts).toMatchObject({ output: 10, input: 1 });
    expect(existsSync(artifact("quota.json"))).toBe(true);
  });

  it("leaves a recording alone whose process is alive", async () => {
    const target = join(temporaryDirectory(), "cassette");
    const recorder = await createRecorder(target);
    await expect(recover(recorder.spool)).rejects.toEqual(coded("CASSETTE_RECOVER_FAILED"));
    recorder.recordFinal();
    await recorder.close();
  });

  it("explains that there is no spool, or that it is empty", async () => {
    const dir = temporaryDirectory();
    await expect(recover(dir)).rejects.toEqual(coded("CASSETTE_RECOVER_FAILED"));
    const { spool } = await leftBehind();
    rmSync(join(spool, "cassette"), { recursive: true });
    await expect(recover(spool)).rejects.toMatchObject({ message: expect.stringContaining("Nothing") });
    writeFileSync(join(spool, "spool.json"), "{");
    await expect(recover(spool)).rejects.toEqual(coded("CASSETTE_RECOVER_FAILED"));
  });

  it("leaves the spool as it is when it fails, and can be called again", async () => {
    const { target, spool } = await leftBehind();
    mkdirSync(target);
    await expect(recover(spool)).rejects.toEqual(coded("CASSETTE_TARGET_EXISTS"));
    expect(await findSpools(target)).toEqual([spool]);
    rmSync(target, { recursive: true });
    expect(await recover(spool)).toMatchObject({ interrupted: true, missing: 0 });
  });
});

/** What a killed recovery of `spool` to `target` left. */
async function deadAttempt(spool: string, target: string): Promise<string> {
  const attempt = join(dirname(target), `.${basename(target)}.spool-0123456789ab`);
  cpSync(spool, attempt, { recursive: true });
  const note = JSON.parse(readFileSync(join(attempt, "spool.json"), "utf8"));
  const owner = { ...describeThisProcess(), pid: 999_999_999 };
  writeFileSync(join(attempt, "spool.json"), JSON.stringify({ ...note, source: spool, owner }));
  return attempt;
}

function contentsOf(dir: string): string[][] {
  return readdirSync(dir).map((name) => [name, readFileSync(join(dir, name), "latin1")]);
}

function noteOf(target: string) {
  return { target, integrity: false, manifest: { id: "left" }, owner: null };
}
