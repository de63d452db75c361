import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { COMMAND, type RunOptions } from "./cassette.js";
import { leaksOf } from "./leaky-recording.js";

/** The spool of a recording that was killed, to be sealed again and again. */
export interface LeftSpool {
  /** Path of the cassette to make. */
  target: string;
  /** The directory of both. */
  dir: string;
  /** Puts the spool back as it was left, and takes all else away. */
  restore(): void;
}

const PRINT = join(import.meta.dirname, "programs/print-chunks.mjs");

/** Records secrets in every way and kills the recorder. @param times how often they are printed. */
export async function leaveSpool(root: string, times = 1): Promise<LeftSpool> {
  const [dir, kept] = [join(root, "dir"), join(root, "kept")];
  mkdirSync(dir);
  const chunks = join(root, "chunks.json");
  const once = leaksOf(0).map((leak) => leak.chunks.map((chunk) => chunk.toString()));
  writeFileSync(chunks, JSON.stringify(Array.from({ length: times }, () => once).flat()));
  const target = join(dir, "it");
  await killRecording(["record", target, "--", process.execPath, PRINT, chunks], () => {
    const [name] = readdirSync(dir);
    const raw = join(dir, name ?? "-", "cassette", "output.raw");
    return existsSync(raw) && readFileSync(raw).includes("READY ");
  });
  cpSync(dir, kept, { recursive: true, preserveTimestamps: true });
  return {
    target,
    dir,
    restore() {
      rmSync(dir, { recursive: true, force: true });
      cpSync(kept, dir, { recursive: true, preserveTimestamps: true });
    },
  };
}

/** Starts the command and kills it with all it can do no more, once it has come so far. */
export async function killRecording(
  args: readonly string[],
  isSoFar: () => boolean,
  afterMs = 0,
  options: Pick<RunOptions, "cwd" | "env"> = {},
): Promise<void> {
  const child = spawn(process.execPath, [COMMAND, ...args], { ...options, stdio: "ignore" });
  const ended = once(child, "exit");
  while (child.exitCode === null && !isSoFar()) await sleep(2);
  await sleep(afterMs);
  child.kill("SIGKILL");
  await ended;
}

/** All files of a directory with what they hold. */
export function contentsOf(dir: string): Record<string, string> {
  const files = readdirSync(dir).sort();
  return Object.fromEntries(files.map((name) => [name, readFileSync(join(dir, name), "latin1")]));
}
