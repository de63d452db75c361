import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { isCassetteError } from "@cassette/format";
import { beforeAll, describe, expect, it } from "vitest";
import { createRecorder, findSpools, type Recorder, recover } from "../src/index.js";
import { createRecorderOn } from "../src/lib/recorder/create-recorder.js";
import { type FaultyFileSystem, faultyFileSystem } from "./support/faulty-file-system.js";
import { readSample, recordWholeSample, SAMPLE_RECORDS } from "./support/sample-recording.js";
import { temporaryDirectory } from "./support/temporary-directory.js";

const OLD = { id: "old", records: SAMPLE_RECORDS, interrupted: false };
const NEW = { id: "new", records: SAMPLE_RECORDS, interrupted: false };

const CODES = ["ENOSPC", "EIO", "EACCES"];
let pattern: string;

beforeAll(async () => {
  pattern = join(mkdtempSync(join(tmpdir(), "cassette-core-")), "old");
  const recorder = await createRecorder(pattern, { manifest: { id: "old" } });
  await recordWholeSample(recorder);
  await recorder.close();
  return () => rmSync(dirname(pattern), { recursive: true });
});

describe("createRecorder on a disk that fails at one step", () => {
  it("has at each step of an overwriting recording either the old cassette or the new one, and loses nothing", async () => {
    const steps = await countSteps();
    expect(steps).toBeGreaterThan(60);
    for (let step = 0; step < steps; step++) {
      for (const code of codesAt(step)) await failOnce({ step, code, lasting: false });
    }
  });

  it("keeps at each step the old cassette and what can be recovered when the disk fails for good", async () => {
    const steps = await countSteps();
    for (let step = 0; step < steps; step++) await failForGood({ step, code: "ENOSPC", lasting: true });
  });
});

/** All of them takes long and shows the same. */
function codesAt(step: number): string[] {
  return process.env.CASSETTE_SOAK ? CODES : CODES.slice(step % 3, (step % 3) + 1);
}

/** How many steps an untroubled recording takes. */
async function countSteps(): Promise<number> {
  const target = await oldCassette();
  const disk = faultyFileSystem(null);
  const recorder = await begin(disk, target);
  await recordWholeSample(recorder);
  await recorder.close();
  expect(await readSample(target)).toEqual(NEW);
  return disk.steps;
}

async function failOnce(fault: Parameters<typeof faultyFileSystem>[0]): Promise<void> {
  const target = await oldCassette();
  const disk = faultyFileSystem(fault);
  const errors: unknown[] = [];
  const recorder = await begin(disk, target).catch((error) => void errors.push(error));
  if (recorder) {
    await recordWholeSample(recorder, (error) => errors.push(error));
    // The first attempt may fail; the second continues where the first stopped.
    await recorder.close().catch((error) => errors.push(error));
    expect([OLD, NEW]).toContainEqual(await readSample(await placeOfOld(target)));
    await recorder.close();
    expect(await readSample(target)).toEqual(NEW);
  } else {
    expect(await readSample(target)).toEqual(OLD);
  }
  // Clearing up after a failure that was reported may itself fail.
  if (disk.failed)
    expect(
      errors.every((error) => isCassetteError(error)),
      disk.failed,
    ).toBe(true);
  if (disk.failed) expect(errors.length, `${disk.failed} at ${fault?.step}`).toBeGreaterThan(0);
}

async function failForGood(fault: Parameters<typeof faultyFileSystem>[0]): Promise<void> {
  const target = await oldCassette();
  const disk = faultyFileSystem(fault);
  const recorder = await begin(disk, target).catch(() => null);
  if (recorder) {
    const errors: unknown[] = [];
    await recordWholeSample(recorder, (error) => errors.push(error)).catch((error) => errors.push(error));
    await recorder.close().catch((error) => errors.push(error));
    await recorder.close().catch((error) => errors.push(error));
    expect(errors.every((error) => isCassetteError(error))).toBe(true);
    await recorder.abort({ keepSpool: true }).catch((error) => errors.push(error));
  }
  // As after the death of the process, on a disk that works again.
  const other = `${target}-recovered`;
  for (const spool of await findSpools(target)) {
    const outcome = await recover(spool, { target: other, evenIfOwned: true }).catch((error) => error);
    if (isCassetteError(outcome)) expect(outcome.code).toBe("CASSETTE_RECOVER_FAILED");
  }
  const now = await readSample(target);
  expect([OLD, NEW]).toContainEqual(now);
  if (now.id === "old" && existsSync(other)) {
    const saved = await readSample(other);
    expect(saved.id).toBe("new");
    // All records may be there and only the end be missing.
    expect(saved.interrupted || saved.records === SAMPLE_RECORDS).toBe(true);
  }
}

/** A copy of a cassette made once. */
async function oldCassette(): Promise<string> {
  const target = join(temporaryDirectory({ inMemory: true }), "cassette");
  cpSync(pattern, target, { recursive: true });
  return target;
}

/** Path of the old cassette: in its place, or aside in the spool. */
async function placeOfOld(target: string): Promise<string> {
  if (existsSync(target)) return target;
  const [spool = ""] = await findSpools(target);
  expect(readdirSync(spool)).toContain("replaced");
  return join(spool, "replaced");
}

function begin(disk: FaultyFileSystem, target: string): Promise<Recorder> {
  return createRecorderOn(disk, target, { manifest: { id: "new" }, overwrite: true, integrity: true });
}
