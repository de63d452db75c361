import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { cassette, temporaryDirectory } from "./cassette.js";
import {
  bytesWritten,
  canStrike,
  compileFaults,
  type Fault,
  type FaultKind,
  type FaultyRun,
  runWithFault,
  spoolsIn,
} from "./faulty-run.js";

const IS_SOAK = Boolean(process.env.CASSETTE_SOAK);
const LIBRARY = compileFaults(temporaryDirectory());

/** A run takes a second: outside a soak only every so many calls are struck. */
const STRIDE = IS_SOAK ? 1 : 97;
const FAULTS: readonly (Pick<Fault, "kind" | "stays"> & { name: string })[] = [
  { kind: "EIO", stays: false, name: "an input/output error at one call" },
  { kind: "EIO", stays: true, name: "input/output errors from one call on" },
  { kind: "ENOSPC", stays: true, name: "a disk that is full from one call on" },
  { kind: "ENOSPC", stays: false, name: "a disk that is full for one call" },
  { kind: "EMFILE", stays: true, name: "no free file descriptor from one call on" },
  { kind: "EMFILE", stays: false, name: "no free file descriptor for one call" },
  { kind: "KILL", stays: false, name: "a kill before one call" },
  { kind: "KILLED", stays: false, name: "a kill after one call" },
];

const LINES = 12;
const OUTPUT = Array.from({ length: LINES }, (_, line) => `output line number ${line + 1}\r\n`).join("");
/** Prints the lines in several reads, so that a fault falls between two. */
const PROGRAM = `touch "$0"; i=0; while [ $i -lt ${LINES} ]; do i=$((i+1)); echo "output line number $i"; sleep 0.012; done`;

/** Folders of one run: the target's, and a place outside it. */
interface Folders {
  root: string;
  target: string;
  place: Parameters<typeof runWithFault>[1];
}

describe.skipIf(LIBRARY === null)("record on a disk that fails while or after the program runs", () => {
  for (const { kind, stays, name } of FAULTS) {
    it(`leaves a verified cassette or a recoverable spool with every byte: ${name}`, async () => {
      const places = await strikingPlaces(kind);
      await tryAll(places.map((at) => () => recordAndRecover({ kind, at, stays })));
    });
  }

  it("keeps the old cassette, or replaces it with the new one, when it overwrites", async () => {
    for (const kind of ["EIO", "KILL"] as const) {
      const places = await strikingPlaces(kind);
      await tryAll(places.map((at) => () => overwriteAndRecover({ kind, at, stays: false })));
    }
  });
});

describe.skipIf(LIBRARY === null)("recover on a disk that fails", () => {
  for (const kind of ["EIO", "ENOSPC", "EMFILE", "KILL"] as const) {
    it(`can be repeated after ${kind} at any call`, async () => {
      const { folders: dry } = await leftSpool();
      const { calls } = await runWithFault(["recover", dry.target], dry.place, null);
      rmSync(dry.root, { recursive: true });
      const struck = calls.filter((call) => canStrike(kind, call)).filter((_, index) => index % STRIDE === 0);
      await tryAll(
        struck.map(
          ({ number: at }) =>
            () =>
              recoverTwice({ kind, at, stays: false }),
        ),
      );
    });
  }
});

/** How many faults are tried at the same time. */
const BESIDE = 2;

/** Tries all of them and reports every failure, so that a survey need not be repeated for the next one. */
async function tryAll(trials: readonly (() => Promise<void>)[]): Promise<void> {
  expect(trials.length).toBeGreaterThan(0);
  const failures: string[] = [];
  const waiting = trials.values();
  const workers = Array.from({ length: BESIDE }, async () => {
    for (const trial of waiting) await trial().catch((error: Error) => failures.push(error.message));
  });
  await Promise.all(workers);
  if (IS_SOAK) process.stderr.write(`${trials.length} faults tried, ${failures.length} failures\n`);
  expect(failures.join("\n\n")).toBe("");
}

async function recoverTwice(fault: Fault): Promise<void> {
  const { folders, bytes } = await leftSpool();
  const run = await runWithFault(["recover", folders.target], folders.place, fault);
  expectCleanEnd(run, fault);
  const isNamed = existsSync(folders.target);
  const again = await expectEvidence(folders, bytes, fault, run);
  // The kill may have torn a document: its spool is kept for a look.
  if (!isNamed && !again.includes("so it was kept"))
    expect(spoolsIn(folders.place.folder), label(fault, run) + again).toEqual([]);
  rmSync(folders.root, { recursive: true });
}

async function recordAndRecover(fault: Fault): Promise<void> {
  const folders = makeFolders();
  const run = await recordIn(folders, [], fault);
  expectCleanEnd(run, fault);
  const what = label(fault, run);
  if (run.status === 0) expect(rawOf(folders.target), what).toBe(OUTPUT);
  else if (run.status !== null) {
    if (!existsSync(folders.target))
      expect(run.stderr, what).toMatch(/The recording is kept in .*cassette recover /);
    expect(namesFailure(run), `a failure is named: ${what}`).toBe(true);
  }
  await expectEvidence(folders, bytesWritten(run.calls), fault, run);
  rmSync(folders.root, { recursive: true });
}

async function overwriteAndRecover(fault: Fault): Promise<void> {
  const folders = makeFolders();
  await cassette(["record", "-q", "--headless", folders.target, "--", "echo", "the old recording"]);
  const run = await recordIn(folders, ["--overwrite"], fault);
  expectCleanEnd(run, fault);
  if (rawOf(folders.target) !== OUTPUT) {
    const recovered = await cassette(["recover", folders.target]);
    const raw = rawOf(folders.target);
    // A partial recording does not displace a whole one unasked.
    if (raw === "the old recording\r\n") {
      const aside = join(folders.place.folder, "aside.cassette");
      const again = await cassette(["recover", folders.target, "-o", aside]);
      expect(rawOf(aside), label(fault, run) + again.stderr).toBe(
        OUTPUT.slice(0, Math.max(bytesWritten(run.calls), rawOf(aside).length)),
      );
    } else expect(raw, label(fault, run) + recovered.stderr).toBe(OUTPUT);
  }
  rmSync(folders.root, { recursive: true });
}

/**
 * What is left is a cassette or becomes one, and it holds what had been written. An interrupted recovery leaves its copy besides.
 * @returns what `recover` printed.
 */
async function expectEvidence(
  folders: Folders,
  bytes: number,
  fault: Fault,
  run: FaultyRun,
): Promise<string> {
  const { target, place } = folders;
  const what = label(fault, run);
  let said = "";
  if (!existsSync(target)) {
    expect(spoolsIn(place.folder).length, what).toBeGreaterThan(0);
    const recovered = await cassette(["recover", target]);
    expect(recovered.status, what + recovered.stderr).toBe(0);
    said = recovered.stderr;
  }
  const verified = await cassette(["verify", target]);
  expect(verified.status, what + verified.stdout + verified.stderr).toBe(0);
  const raw = rawOf(target);
  expect(raw.length, what).toBeGreaterThanOrEqual(bytes);
  expect(raw, what).toBe(OUTPUT.slice(0, raw.length));
  return said;
}

/** An end of ours: a status, a sentence, no stack trace. */
function expectCleanEnd(run: FaultyRun, fault: Fault): void {
  const what = label(fault, run);
  expect(run.hung, what).toBe(false);
  if (fault.kind !== "KILL" && fault.kind !== "KILLED") expect(run.status, what).not.toBeNull();
  expect(run.stderr, what).not.toContain("    at ");
}

/** The calls on which a fault of this kind is tried. */
async function strikingPlaces(kind: FaultKind): Promise<number[]> {
  const folders = makeFolders();
  const { calls, status } = await recordIn(folders, [], null);
  expect(status).toBe(0);
  rmSync(folders.root, { recursive: true });
  const struck = calls.filter((call) => canStrike(kind, call));
  // Each kind starts elsewhere, so that together they strike more places.
  const start = FAULTS.findIndex((fault) => fault.kind === kind) * 7;
  return struck.filter((_, index) => index % STRIDE === start % STRIDE).map(({ number }) => number);
}

function recordIn({ target, place }: Folders, options: readonly string[], fault: Fault | null) {
  const program = ["sh", "-c", PROGRAM, place.after ?? ""];
  return runWithFault(["record", "-q", "--headless", ...options, target, "--", ...program], place, fault);
}

/** A spool that a killed recording left. */
async function leftSpool(): Promise<{ folders: Folders; bytes: number }> {
  const folders = makeFolders();
  const run = await recordIn(folders, [], { kind: "KILL", at: 22, stays: false });
  expect(spoolsIn(folders.place.folder)).toHaveLength(1);
  rmSync(folders.place.log);
  return { folders, bytes: bytesWritten(run.calls) };
}

function makeFolders(): Folders {
  const root = temporaryDirectory();
  const folder = join(root, "folder");
  mkdirSync(folder);
  const place = { library: LIBRARY ?? "", folder, log: join(root, "calls"), after: join(root, "started") };
  return { root, target: join(folder, "it.cassette"), place };
}

function rawOf(target: string): string {
  const file = join(target, "output.raw");
  return existsSync(file) ? readFileSync(file, "latin1") : "";
}

/** Whether the error names a file, or a folder that it is in, whose call failed. Calls run in parallel: any of them may be reported. */
function namesFailure({ calls, stderr }: FaultyRun): boolean {
  const failed = calls.filter(({ result }) => result < -1);
  return failed.some(
    ({ path }) => stderr.includes(path) || foldersOf(path).some((folder) => stderr.includes(`${folder}: `)),
  );
}

/** The folder of a path and the one around it: a spool has files two folders deep. */
function foldersOf(path: string): string[] {
  return [dirname(path), dirname(dirname(path))];
}

function label({ kind, at, stays }: Fault, { calls, stderr, status }: FaultyRun): string {
  const struck = calls.find(({ number }) => number === at);
  const where = struck ? `${struck.call} ${struck.path}` : "(not reached)";
  return `${kind}${stays ? " staying" : ""} at ${at} ${where}: status ${status}\n${stderr}\n`;
}
