import { execFile } from "node:child_process";
import { readdirSync, readFileSync, readlinkSync } from "node:fs";

/** One living process. */
export interface ProcessEntry {
  pid: number;
  parent: number;
  /** Id of its session's leader on Linux, of its process group elsewhere. */
  session: number;
  /** Changes when the pid is given to another process. */
  birth: string;
}

/** Every living process, zombies left out. */
export function readProcessTable(): Promise<ProcessEntry[]> {
  return process.platform === "linux" ? Promise.resolve(readProc()) : readPs();
}

function readProc(): ProcessEntry[] {
  return readdirSync("/proc").flatMap((name) => (/^\d+$/.test(name) ? readStat(Number(name)) : []));
}

function readStat(pid: number): ProcessEntry[] {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
    // The name in parentheses may itself hold spaces and parentheses.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    const [state, parent, , session] = fields;
    if (state === "Z" || state === "X") return [];
    return [{ pid, parent: Number(parent), session: Number(session), birth: fields[19] ?? "" }];
  } catch {
    return [];
  }
}

function readPs(): Promise<ProcessEntry[]> {
  return new Promise((resolve) => {
    execFile("ps", ["-axo", "pid=,ppid=,pgid=,stat=,lstart="], (error, text) => {
      resolve(error === null ? text.split("\n").flatMap(parsePsLine) : []);
    });
  });
}

/** Parses a line of `ps -axo pid=,ppid=,pgid=,stat=,lstart=`. */
export function parsePsLine(line: string): ProcessEntry[] {
  const match = /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(\S+)\s+(.+?)\s*$/.exec(line);
  if (match === null || match[4]?.startsWith("Z")) return [];
  const [, pid, parent, session, , birth = ""] = match;
  return [{ pid: Number(pid), parent: Number(parent), session: Number(session), birth }];
}

/** Ids of the processes that have a terminal open, as far as we may look. */
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
