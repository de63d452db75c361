import { readdirSync, readFileSync, statSync } from "node:fs";

/** A process in the foreground of a terminal. */
export interface ForegroundProcess {
  pid: number;
  isStopped: boolean;
  /** Device number of its terminal. */
  terminal: number;
}

/**
 * The processes that descend from a program and are in the foreground of its terminal: in the process group that its
 * keys go to.
 * @param leader process id of the program.
 */
export function readForeground(leader: number): Promise<ForegroundProcess[]> {
  return process.platform === "linux" ? Promise.resolve(readProc(leader)) : readPs(leader);
}

interface Entry extends ForegroundProcess {
  parent: number;
  group: number;
  /** The terminal's foreground group. */
  foreground: number;
}

function readProc(leader: number): ForegroundProcess[] {
  const found: ForegroundProcess[] = [];
  const pids = [leader];
  for (let pid = pids.pop(); pid !== undefined; pid = pids.pop()) {
    const entry = readStat(pid);
    if (entry === null) continue;
    if (entry.group === entry.foreground) found.push(entry);
    pids.push(...childrenOf(pid));
  }
  return found;
}

function readStat(pid: number): Entry | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
    // The name in parentheses may itself contain spaces and parentheses.
    const [state, ...numbers] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    const [parent = 0, group = 0, , terminal = 0, foreground = 0] = numbers.map(Number);
    return { pid, parent, group, terminal, foreground, isStopped: state === "T" };
  } catch {
    return null;
  }
}

/** Threads have children of their own. */
function childrenOf(pid: number): number[] {
  return threadsOf(pid).flatMap((thread) => {
    const children = readText(`/proc/${pid}/task/${thread}/children`)?.trim() ?? "";
    return children === "" ? [] : children.split(" ").map(Number);
  });
}

/** Ids of a process's threads; none once it is gone. */
export function threadsOf(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/task`);
  } catch {
    return [];
  }
}

/** A file of /proc; null if it may not be read. */
export function readText(path: string): string | null {
  try {
    return readFileSync(path, "latin1");
  } catch {
    return null;
  }
}

/** The device of a descriptor of another process; null if it cannot be determined. */
export function deviceOf(pid: number, fd: number): number | null {
  try {
    return statSync(`/proc/${pid}/fd/${fd}`).rdev;
  } catch {
    return null;
  }
}

function readPs(leader: number): Promise<ForegroundProcess[]> {
  const { execFile } = process.getBuiltinModule("node:child_process");
  return new Promise((resolve) => {
    execFile("ps", ["-axo", "pid=,ppid=,pgid=,tpgid=,stat="], (error, text) => {
      resolve(error === null ? foregroundIn(text, leader) : []);
    });
  });
}

/** Parses the output of `ps -axo pid=,ppid=,pgid=,tpgid=,stat=`. */
export function foregroundIn(text: string, leader: number): ForegroundProcess[] {
  const entries = text.split("\n").flatMap(parsePsLine);
  const family = new Set([leader]);
  for (let before = 0; before < family.size; ) {
    before = family.size;
    for (const { pid, parent } of entries) if (family.has(parent)) family.add(pid);
  }
  return entries.filter(({ pid, group, foreground }) => family.has(pid) && group === foreground);
}

function parsePsLine(line: string): Entry[] {
  const match = /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(-?\d+)\s+(\S+)/.exec(line);
  if (match === null) return [];
  const [pid = 0, parent = 0, group = 0, foreground = 0] = match.slice(1, 5).map(Number);
  return [{ pid, parent, group, foreground, terminal: 0, isStopped: match[5]?.startsWith("T") ?? false }];
}
