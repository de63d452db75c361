import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { cassette, type Outcome } from "./cassette.js";

/** How a call fails: with an errno, by killing the process before the call, or after it. */
export type FaultKind = "EIO" | "ENOSPC" | "EMFILE" | "KILL" | "KILLED";

/** One fault in one run of the command. */
export interface Fault {
  kind: FaultKind;
  /** Number of the call on the folder, from 1. */
  at: number;
  /** Every later call that can fail in this way fails too, as on a disk that stays full. */
  stays: boolean;
}

/** One call that a run made on the folder. */
export interface FolderCall {
  number: number;
  call: string;
  result: number;
  /** For a write: where it ended in the file. */
  size: number;
  path: string;
}

/** A run of the command under a fault. */
export interface FaultyRun extends Outcome {
  calls: FolderCall[];
  hung: boolean;
}

const HUNG_MS = 120_000;

/** Compiles the preloaded library. @returns its path; null without a compiler for Linux. */
export function compileFaults(dir: string): string | null {
  if (process.platform !== "linux") return null;
  const library = join(dir, "faults.so");
  const source = join(import.meta.dirname, "programs/faults.c");
  const { status } = spawnSync("gcc", [
    "-shared",
    "-fPIC",
    "-O1",
    "-o",
    library,
    source,
    "-ldl",
    "-lpthread",
  ]);
  return status === 0 ? library : null;
}

/** Where a faulty run takes place. */
export interface FaultyPlace {
  library: string;
  /** The folder whose calls may fail. */
  folder: string;
  /** Outside the folder: the log of the calls. */
  log: string;
  /** Calls count once this file exists. */
  after?: string;
}

/** Runs the command with a fault, or without one to learn which calls it makes. */
export async function runWithFault(
  args: readonly string[],
  { library, folder, log, after }: FaultyPlace,
  fault: Fault | null,
): Promise<FaultyRun> {
  const env = {
    ...process.env,
    LD_PRELOAD: library,
    FAULTS_UNDER: folder,
    FAULTS_LOG: log,
    ...(after !== undefined && { FAULTS_AFTER: after }),
    ...(fault && { FAULTS_AT: String(fault.at), FAULTS_KIND: fault.kind }),
    ...(fault?.stays && { FAULTS_STAYS: "1" }),
  };
  let timer: NodeJS.Timeout | undefined;
  let hung = false;
  const onStart = (kill: (signal: NodeJS.Signals) => void) => {
    timer = setTimeout(() => {
      hung = true;
      kill("SIGKILL");
    }, HUNG_MS);
  };
  const outcome = await cassette(args, { env, onStart });
  clearTimeout(timer);
  return { ...outcome, hung, calls: existsSync(log) ? readCalls(log) : [] };
}

/** Whether a fault of this kind can strike this call. */
export function canStrike(kind: FaultKind, { call }: FolderCall): boolean {
  if (kind === "EMFILE") return ["open", "create", "scandir"].includes(call);
  if (kind === "ENOSPC") return ["create", "write", "fsync", "mkdir", "rename"].includes(call);
  return true;
}

/** How many bytes of `output.raw` had reached the file while nothing had failed. */
export function bytesWritten(calls: readonly FolderCall[]): number {
  const writes = calls.filter(
    ({ call, path, result }) => call === "write" && result > 0 && path.endsWith("/cassette/output.raw"),
  );
  return Math.max(0, ...writes.map(({ size }) => size));
}

/** The spools in a folder. */
export function spoolsIn(folder: string): string[] {
  return readdirSync(folder).filter((name) => name.includes(".spool-"));
}

function readCalls(log: string): FolderCall[] {
  const lines = readFileSync(log, "utf8").trimEnd().split("\n");
  return lines.map((line) => {
    const [number, call = "", result, size, path = ""] = line.split(" ");
    return { number: Number(number), call, result: Number(result), size: Number(size), path };
  });
}
