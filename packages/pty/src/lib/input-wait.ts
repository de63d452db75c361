import { deviceOf, type ForegroundProcess, readText, threadsOf } from "./foreground.js";

/**
 * Whether the processes in the foreground of a terminal wait for input from it: "awaited" when one is blocked in a read of
 * it; "possible" when one waits for several descriptors, perhaps including it; "none"; "unknown" if the system does not report it.
 */
export type InputWait = "awaited" | "possible" | "none" | "unknown";

/** System calls by number: reads, waits on an epoll set, and other waits. */
interface WaitingCalls {
  read: readonly number[];
  epoll: readonly number[];
  poll: readonly number[];
}

/** read, readv; epoll_wait, epoll_pwait, epoll_pwait2; poll, ppoll, select, pselect6. */
const CALLS: Partial<Record<NodeJS.Architecture, WaitingCalls>> = {
  x64: { read: [0, 19], epoll: [232, 281, 441], poll: [7, 271, 23, 270] },
  arm64: { read: [63, 65], epoll: [22, 441], poll: [73, 72] },
};

/** The device /dev/tty, which is each process's controlling terminal. */
const OWN_TERMINAL = 0x500;
const READABLE = 0x1;
/** The first found wins. */
const ORDER: readonly InputWait[] = ["awaited", "unknown", "possible"];

/** Whether the program waits for input from the terminal at this moment. */
export function findInputWait(processes: readonly ForegroundProcess[]): InputWait {
  const calls = process.platform === "linux" ? CALLS[process.arch] : undefined;
  if (calls === undefined) return "unknown";
  const waits = new Set(processes.flatMap((entry) => waitsOf(entry, calls)));
  return ORDER.find((wait) => waits.has(wait)) ?? "none";
}

function waitsOf(entry: ForegroundProcess, calls: WaitingCalls): InputWait[] {
  return threadsOf(entry.pid).map((thread) => {
    const call = readText(`/proc/${entry.pid}/task/${thread}/syscall`);
    return call === null ? "unknown" : waitIn(call, entry, calls);
  });
}

/** Of a line like `0 0x0 0x7ffd625561fc …`; "running" when it is in none. */
function waitIn(line: string, { pid, terminal }: ForegroundProcess, calls: WaitingCalls): InputWait {
  const [number, descriptor] = line.split(" ", 2).map(Number);
  if (number === undefined || descriptor === undefined) return "none";
  if (calls.poll.includes(number)) return "possible";
  const read = calls.read.includes(number)
    ? [descriptor]
    : calls.epoll.includes(number)
      ? watchedBy(pid, descriptor)
      : [];
  const devices = read.map((fd) => deviceOf(pid, fd));
  return devices.includes(terminal) || devices.includes(OWN_TERMINAL) ? "awaited" : "none";
}

/** Descriptors that an epoll set watches for reading. */
function watchedBy(pid: number, epoll: number): number[] {
  const set = readText(`/proc/${pid}/fdinfo/${epoll}`) ?? "";
  return [...set.matchAll(/^tfd:\s*(\d+)\s+events:\s*([\da-f]+)/gm)].flatMap(([, fd, events = "0"]) =>
    Number.parseInt(events, 16) & READABLE ? [Number(fd)] : [],
  );
}
