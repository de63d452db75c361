import { closeSync, openSync, readdirSync, readlinkSync, readSync } from "node:fs";
import { basename } from "node:path";

/** One living process. */
export interface ProcessEntry {
  pid: number;
  parent: number;
  /** Whether it belongs to the given session. */
  member: boolean;
  /** Distinguishes processes that have the same pid one after the other. */
  birth: string;
}

/** A session by its names: on Linux its leader, in BSD's `ps` its terminal. */
export interface SessionName {
  leader: number;
  /** Path of the slave side. */
  terminal: string;
}

/** All living processes, without zombies. */
export function readProcessTable(session: SessionName): Promise<ProcessEntry[]> {
  return process.platform === "linux" ? Promise.resolve(readProc(session)) : readPs(session);
}

function readProc({ leader }: SessionName): ProcessEntry[] {
  return readdirSync("/proc").flatMap((name) => (/^\d+$/.test(name) ? readStat(Number(name), leader) : []));
}

/** A line of /proc/PID/stat has 52 numbers and a short name. */
const STAT_LINE = Buffer.alloc(2_048);

function readStat(pid: number, leader: number): ProcessEntry[] {
  try {
    const stat = readLine(`/proc/${pid}/stat`);
    // The name in parentheses may itself contain spaces and parentheses.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    const [state, parent, , session] = fields;
    if (state === "Z" || state === "X") return [];
    return [{ pid, parent: Number(parent), member: Number(session) === leader, birth: fields[19] ?? "" }];
  } catch {
    return [];
  }
}

/** There may be hundreds of them to read: this takes half the time of `readFileSync`. */
function readLine(path: string): string {
  const fd = openSync(path, "r");
  try {
    return STAT_LINE.toString("latin1", 0, readSync(fd, STAT_LINE));
  } finally {
    closeSync(fd);
  }
}

function readPs(session: SessionName): Promise<ProcessEntry[]> {
  const { execFile } = process.getBuiltinModule("node:child_process");
  return new Promise((resolve) => {
    execFile("ps", ["-axo", "pid=,ppid=,tty=,stat=,lstart="], (error, text) => {
      resolve(error === null ? text.split("\n").flatMap((line) => parsePsLine(line, session)) : []);
    });
  });
}

/** Parses a line of `ps -axo pid=,ppid=,tty=,stat=,lstart=`; `ps` names terminals by their last path component. */
export function parsePsLine(line: string, { terminal }: SessionName): ProcessEntry[] {
  const match = /^\s*(\d+)\s+(\d+)\s+(\S+)\s+(\S+)\s+(.+?)\s*$/.exec(line);
  if (match === null || match[4]?.startsWith("Z")) return [];
  const [, pid, parent, tty, , birth = ""] = match;
  return [{ pid: Number(pid), parent: Number(parent), member: tty === basename(terminal), birth }];
}

/** Ids of the processes that have a terminal open, as far as permissions allow. */
export function findHolders(terminal: string): number[] {
  if (process.platform !== "linux") return [];
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && holds(name, terminal))
    .map(Number);
}

function holds(pid: string, terminal: string): boolean {
  try {
    return readdirSync(`/proc/${pid}/fd`).some((fd) => readlinkSync(`/proc/${pid}/fd/${fd}`) === terminal);
  } catch {
    return false;
  }
}
