import { randomUUID } from "node:crypto";
import { readFileSync, readlinkSync } from "node:fs";
import { hostname } from "node:os";

/** Identifies one process so that another can find out whether it is alive. What the platform hides is an empty string. */
export interface ProcessOwner {
  host: string;
  /** Distinguishes hosts of the same name. */
  machine: string;
  /** Changes with every boot. */
  boot: string;
  /** The namespace in which `pid` counts. */
  pidNamespace: string;
  pid: number;
  /** When the process started, in the kernel's ticks: distinguishes it from a later one with the same pid. */
  started: string;
  /** Distinguishes what one process owns. */
  nonce: string;
}

/** This process as an owner. */
export function describeThisProcess(): ProcessOwner {
  return {
    host: hostname(),
    machine: readText("/etc/machine-id"),
    boot: readText("/proc/sys/kernel/random/boot_id"),
    pidNamespace: pidNamespace(),
    pid: process.pid,
    started: readProcess(process.pid)?.started ?? "",
    nonce: randomUUID(),
  };
}

/**
 * Whether an owner is proven dead: on this host, before the last boot, or a process that is gone. False when in doubt:
 * another host, another namespace, a platform that hides it.
 */
export function isProvenDead(owner: ProcessOwner): boolean {
  const here = describeThisProcess();
  if (owner.host !== here.host || owner.machine !== here.machine) return false;
  if (owner.boot !== here.boot) return here.machine !== "" && owner.boot !== "" && here.boot !== "";
  if (owner.pidNamespace !== here.pidNamespace) return false;
  const found = readProcess(owner.pid);
  // No entry may also mean that /proc is absent, or hides other users' processes.
  if (found === null) return !answersSignal(owner.pid);
  return found.ended || found.started !== owner.started;
}

/** Checks an owner that was read from a file. */
export function parseOwner(value: unknown): ProcessOwner | null {
  if (typeof value !== "object" || value === null) return null;
  const owner = value as Record<string, unknown>;
  const words = ["host", "machine", "boot", "pidNamespace", "started", "nonce"];
  const complete = words.every((word) => typeof owner[word] === "string");
  return complete && Number.isSafeInteger(owner.pid) ? (value as ProcessOwner) : null;
}

function readProcess(pid: number): { started: string; ended: boolean } | null {
  const stat = readText(`/proc/${pid}/stat`);
  if (stat === "") return null;
  // The name in parentheses may itself contain spaces and parentheses; the state follows it, as field 3 of 52.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return { started: fields[19] ?? "", ended: fields[0] === "Z" || fields[0] === "X" };
}

function answersSignal(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== "ESRCH";
  }
}

function pidNamespace(): string {
  try {
    return readlinkSync("/proc/self/ns/pid");
  } catch {
    return "";
  }
}

function readText(path: string): string {
  try {
    return readFileSync(path, "utf8").trim();
  } catch {
    return "";
  }
}
