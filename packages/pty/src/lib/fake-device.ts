import type { TerminalModes, TerminalSize } from "@cassette/format";
import type { Device, DeviceListener, ProcessGroup } from "./device.js";
import { type FakeProcess, type FakeSystem, runFakeProcess } from "./fake-process.js";
import type { FakeProgram } from "./fake-terminal.js";
import type { Launch } from "./launch.js";
import type { Timers } from "./timers.js";

/** Approximate buffer size of a Linux pseudo-terminal, in each direction. */
const CAPACITY = 65_536;
const FIRST_PID = 100_000;

/** One direction of a terminal: bytes in pieces, bounded. */
interface Pipe {
  pieces: Uint8Array[];
  length: number;
}

interface FakeTty {
  readonly timers: Timers;
  /** What the processes have written and the session has not read. */
  readonly output: Pipe;
  /** What was typed and the processes have not read. */
  readonly input: Pipe;
  readonly processes: FakeProcess[];
  /** Resolve the processes' waits when a pipe changes. */
  waiting: (() => void)[];
  size: TerminalSize;
  modes: TerminalModes;
  listener: DeviceListener | undefined;
  listening: boolean;
  /** Whether a delivery is due. */
  scheduled: boolean;
  closed: boolean;
}

/** A terminal in memory with a fake program on it. */
export function openFakeDevice(program: FakeProgram, launch: Launch, timers: Timers): Device {
  const tty: FakeTty = {
    timers,
    output: { pieces: [], length: 0 },
    input: { pieces: [], length: 0 },
    processes: [],
    waiting: [],
    size: { rows: launch.rows, cols: launch.cols },
    modes: { canonical: true, echo: true },
    listener: undefined,
    listening: false,
    scheduled: false,
    closed: false,
  };
  const leader = start(tty, program, createSystem(tty, launch));
  return {
    pid: leader.pid,
    exited: leader.exited,
    listen(listener) {
      tty.listener = listener;
      tty.listening = true;
      schedule(tty);
    },
    pause() {
      tty.listening = false;
    },
    resume() {
      tty.listening = !tty.closed;
      schedule(tty);
    },
    readNow: () => take(tty, tty.output) ?? (alive(tty).length === 0 ? "hungup" : "empty"),
    write(bytes) {
      const taken = bytes.slice(0, CAPACITY - tty.input.length);
      if (taken.length > 0) put(tty, tty.input, taken);
      return taken.length;
    },
    resize(size) {
      tty.size = { ...size };
      for (const one of alive(tty)) one.signal("SIGWINCH");
    },
    modes: async () => ({ ...tty.modes }),
    signal(name) {
      if (!leader.alive) return false;
      for (const one of alive(tty)) one.signal(name);
      return true;
    },
    processes: processGroup(tty),
    close() {
      tty.closed = true;
      tty.listening = false;
    },
  };
}

/** What the processes on the terminal see of it. */
function createSystem(tty: FakeTty, { argv, env }: Launch): FakeSystem {
  const system: FakeSystem = {
    argv,
    env,
    get size() {
      return tty.size;
    },
    async write(written) {
      const bytes = typeof written === "string" ? Buffer.from(written) : Uint8Array.from(written);
      for (let at = 0; at < bytes.length; ) {
        while (tty.output.length >= CAPACITY) await changed(tty);
        const piece = bytes.subarray(at, at + CAPACITY - tty.output.length);
        put(tty, tty.output, piece);
        at += piece.length;
        schedule(tty);
      }
    },
    async read() {
      while (tty.input.length === 0) await changed(tty);
      return take(tty, tty.input) ?? new Uint8Array();
    },
    sleep: (ms) => tty.timers.pause(ms),
    setModes(modes) {
      tty.modes = { ...modes };
    },
    fork: (child) => void start(tty, child, system),
  };
  return system;
}

function processGroup(tty: FakeTty): ProcessGroup {
  return {
    members: async () => alive(tty).map(({ pid }) => pid),
    strays: async () => [],
    signal(name, pids) {
      for (const one of alive(tty)) if (pids.includes(one.pid)) one.signal(name);
    },
  };
}

function start(tty: FakeTty, program: FakeProgram, system: FakeSystem): FakeProcess {
  const started = runFakeProcess(FIRST_PID + tty.processes.length, program, system);
  tty.processes.push(started);
  void started.exited.then(() => schedule(tty));
  return started;
}

function alive(tty: FakeTty): FakeProcess[] {
  return tty.processes.filter((one) => one.alive);
}

/** Resolves when a pipe has gained or lost bytes. */
function changed(tty: FakeTty): Promise<void> {
  return new Promise((resolve) => tty.waiting.push(resolve));
}

function wake(tty: FakeTty): void {
  const woken = tty.waiting;
  tty.waiting = [];
  for (const resume of woken) resume();
}

function take(tty: FakeTty, pipe: Pipe): Uint8Array | undefined {
  const piece = pipe.pieces.shift();
  pipe.length -= piece?.length ?? 0;
  wake(tty);
  return piece;
}

function put(tty: FakeTty, pipe: Pipe, bytes: Uint8Array): void {
  pipe.pieces.push(bytes);
  pipe.length += bytes.length;
  wake(tty);
}

function schedule(tty: FakeTty): void {
  if (tty.scheduled || !tty.listening) return;
  tty.scheduled = true;
  tty.timers.soon(() => deliver(tty));
}

function deliver(tty: FakeTty): void {
  tty.scheduled = false;
  if (!tty.listening) return;
  const piece = take(tty, tty.output);
  if (piece !== undefined) {
    tty.listening = tty.listener?.onBytes(piece) ?? false;
    schedule(tty);
  } else if (alive(tty).length === 0) tty.listener?.onHangup();
}
