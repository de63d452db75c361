import { writeSync } from "node:fs";
import { constants } from "node:os";
import { CassetteError, type PtyExit } from "@cassette/format";
import type { Device } from "./device.js";
import { withoutInheritedPtys } from "./inherited-ptys.js";
import type { Launch } from "./launch.js";
import { openMaster } from "./master.js";
import { loadNativePty, type NativePty, type NativeTerminal } from "./native.js";
import { createProcessGroup, sendSignal } from "./process-group.js";
import { readTerminalModes } from "./terminal-modes.js";

/** Starts a program on a new pseudo-terminal. */
export function openUnixDevice(launch: Launch): Device {
  const native = loadNativePty();
  const { terminal, exited } = fork(native, launch);
  let hasExited = false;
  void exited.then(() => {
    hasExited = true;
  });
  const { fd, pid, pty } = terminal;
  const master = openMaster(fd);
  let isOpen = true;
  return {
    pid,
    exited,
    listen: master.listen,
    pause: master.pause,
    resume: master.resume,
    readNow: master.readNow,
    write: (bytes) => writeOnce(fd, bytes),
    resize: ({ rows, cols }) => native.resize(fd, cols, rows),
    modes: () => readTerminalModes({ path: pty, fd: () => (isOpen ? fd : null) }),
    // Right after the fork the group does not exist yet.
    signal: (name) => sendSignal(-pid, name) || (!hasExited && sendSignal(pid, name)),
    processes: createProcessGroup(pid, pty, () => hasExited),
    close() {
      isOpen = false;
      master.close();
    },
  };
}

function fork(native: NativePty, launch: Launch): { terminal: NativeTerminal; exited: Promise<PtyExit> } {
  const { file, args, env } = withoutInheritedPtys(launch.argv, launch.env);
  const { promise: exited, resolve } = withResolvers<PtyExit>();
  try {
    const terminal = native.fork({
      file,
      args,
      env: Object.entries(env).map(([name, value]) => `${name}=${value}`),
      cwd: launch.cwd,
      cols: launch.cols,
      rows: launch.rows,
      onExit: (code, signal) => resolve(describeExit(code, signal)),
    });
    return { terminal, exited };
  } catch (cause) {
    throw new CassetteError("CASSETTE_SPAWN_FAILED", "The operating system refused to start the program.", {
      hint: "It may be out of processes, memory, pseudo-terminals or open files; for the last: ulimit -n 256.",
      cause,
    });
  }
}

const SIGNAL_NAMES = new Map(Object.entries(constants.signals).map(([name, number]) => [number, name]));

function describeExit(code: number, signal: number): PtyExit {
  if (signal === 0) return { code, signal: null };
  return { code: null, signal: SIGNAL_NAMES.get(signal) ?? `signal ${signal}` };
}

/** The descriptor does not block. Written at once and never from a queue of the system's, so it cannot have been reused. */
function writeOnce(fd: number, bytes: Uint8Array): number {
  try {
    return writeSync(fd, bytes);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EAGAIN") return 0;
    throw error;
  }
}

function withResolvers<T>(): { promise: Promise<T>; resolve: (value: T) => void } {
  let resolve: (value: T) => void = () => {};
  const promise = new Promise<T>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}
