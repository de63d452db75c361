import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { isCassetteError } from "@cassette/format";
import { beforeAll, describe, expect, it } from "vitest";
import { createRecorder, listSpools, openCassette, recover } from "../src/index.js";
import { recoverOn } from "../src/lib/recover/recover.js";
import { type Fault, faultyFileSystem } from "./support/faulty-file-system.js";
import { temporaryDirectory } from "./support/temporary-directory.js";
import { toySeal } from "./support/toy-seal.js";

const OUTPUT = Array.from({ length: 10 }, (_, n) => `chunk ${n}\n`).join("");

/** One way to recover. */
interface Way {
  name: string;
  /** A cassette already exists, and is replaced. */
  overwrite?: boolean;
  /** Not all of the spool can be read, so it stays. */
  torn?: boolean;
  /** The cassette is made in another folder. */
  elsewhere?: boolean;
  sealed?: boolean;
}

const WAYS: readonly Way[] = [
  { name: "beside the spool" },
  { name: "over an old cassette", overwrite: true },
  { name: "of a spool that stays", torn: true },
  { name: "in another folder, over an old cassette, sealed", overwrite: true, elsewhere: true, sealed: true },
];

/** A folder with a spool and an old cassette, copied for each fault. */
let pattern: string;
let spoolName: string;

beforeAll(async () => {
  pattern = mkdtempSync(join(tmpdir(), "cassette-core-"));
  const old = await createRecorder(join(pattern, "old"), { manifest: { id: "old" } });
  old.recordFinal();
  await old.close();
  const recorder = await createRecorder(join(pattern, "it"), { manifest: { id: "left" } });
  for (let n = 0; n < 10; n++) recorder.recordOutput(Buffer.from(`chunk ${n}\n`));
  await recorder.abort({ keepSpool: true });
  spoolName = basename(recorder.spool);
  return () => rmSync(pattern, { recursive: true });
});

describe("recover on a disk that fails at one step", () => {
  it.each(WAYS)("leaves at each step the recording and any old cassette: $name", async (way) => {
    const steps = await countSteps(way);
    expect(steps).toBeGreaterThan(30);
    for (let step = 0; step < steps; step++) {
      for (const lasting of lastingAt(step)) await failAt(way, { step, code: "ENOSPC", lasting });
    }
  });
});

/** A fault that lasts is as a kill at that step: nothing is cleaned up. Both everywhere takes long and shows the same. */
function lastingAt(step: number): boolean[] {
  return process.env.CASSETTE_SOAK ? [false, true] : [step % 2 === 0];
}

interface Place {
  root: string;
  spool: string;
  target: string;
}

function copyPattern({ torn, elsewhere, overwrite }: Way): Place {
  const root = temporaryDirectory({ inMemory: true });
  const spool = join(root, "here", spoolName);
  cpSync(join(pattern, spoolName), spool, { recursive: true });
  if (torn) appendFileSync(join(spool, "cassette", "input.jsonl"), "torn");
  const target = join(root, elsewhere ? "there" : "here", "it");
  mkdirSync(dirname(target), { recursive: true });
  if (overwrite) cpSync(join(pattern, "old"), target, { recursive: true });
  return { root, spool, target };
}

function optionsOf({ overwrite, sealed }: Way, { target }: Place) {
  return { target, overwrite, ...(sealed && { seal: () => toySeal }) };
}

async function countSteps(way: Way): Promise<number> {
  const place = copyPattern(way);
  const disk = faultyFileSystem(null);
  await recoverOn(disk, place.spool, optionsOf(way, place));
  await expectRecovered(way, place);
  return disk.steps;
}

async function failAt(way: Way, fault: Fault): Promise<void> {
  const place = copyPattern(way);
  const before = contentsOf(join(place.spool, "cassette"));
  const outcome = await recoverOn(faultyFileSystem(fault), place.spool, optionsOf(way, place)).catch(
    (e) => e,
  );
  const what = `${way.name}, ${fault.lasting ? "from" : "at"} step ${fault.step}: ${outcome}`;
  if (outcome instanceof Error) expect(isCassetteError(outcome), what).toBe(true);
  if (existsSync(join(place.spool, "cassette"))) {
    expect(contentsOf(join(place.spool, "cassette")), what).toEqual(before);
  }
  await clearCopies(place);
  if (way.overwrite) expect(existsSync(place.target), `the old cassette or the new one, ${what}`).toBe(true);
  if (existsSync(place.spool)) {
    // It may have got its name without being able to remove the spool.
    const again = await recover(place.spool, { ...optionsOf(way, place), overwrite: true });
    if (again === null) expect(existsSync(place.target), what).toBe(true);
  }
  await expectRecovered(way, place, what);
}

/** As `cassette recover` does in the folder of the target. */
async function clearCopies({ target }: Place): Promise<void> {
  for (const { path, state } of await listSpools(dirname(target))) {
    // The process of the copy is this one, which is alive.
    const isCopy = state === "recording" || state === "copy" || state === "empty";
    if (isCopy && basename(path) !== spoolName) expect(await recover(path, { evenIfOwned: true })).toBeNull();
  }
}

async function expectRecovered({ torn }: Way, { spool, target }: Place, what = ""): Promise<void> {
  await using cassette = await openCassette(target);
  expect(cassette.manifest.id, what).toBe("left");
  expect(readFileSync(join(target, "output.raw"), "utf8"), what).toBe(OUTPUT);
  expect(existsSync(spool), what).toBe(torn === true);
  const left = readdirSync(dirname(target)).filter((name) => name !== spoolName && name.includes(".spool-"));
  expect(left, what).toEqual([]);
}

function contentsOf(dir: string): string[][] {
  return readdirSync(dir)
    .sort()
    .map((name) => [name, readFileSync(join(dir, name), "latin1")]);
}
