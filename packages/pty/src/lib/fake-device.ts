import type { TerminalModes, TerminalSize } from "@cassette/format";
import type { Device, DeviceListener } from "./device.js";
import { type FakeProcess, type FakeSystem, runFakeProcess } from "./fake-process.js";
import type { FakeProgram } from "./fake-terminal.js";
import type { Launch } from "./launch.js";
import type { Timers } from "./timers.js";

/** As much as a Linux pseudo-terminal holds each way, about. */
const CAPACITY = 65_536;
const FIRST_PID = 100_000;

/** A pipe's half: bytes in pieces, bounded. */
interface Pipe {
  pieces: Uint8Array[];
  length: number;
}

/** A terminal in memory with a fake program on it. */
export function openFakeDevice(program: FakeProgram, launch: Launch, timers: Timers): Device {
  const output: Pipe = { pieces: [], length: 0 };
  const input: Pipe = { pieces: [], length: 0 };
  const processes: FakeProcess[] = [];
  let waiting: (() => void)[] = [];
  let size: TerminalSize = { rows: launch.rows, cols: launch.cols };
  let modes: TerminalModes = { canonical: true, echo: true };
  let listener: DeviceListener | undefined;
  let listening = false;
  let scheduled = false;
  let closed = false;

  const system: FakeSystem = {
    argv: launch.argv,
    env: launch.env,
    get size() {
      return size;
    },
    async write(written) {
      const bytes = typeof written === "string" ? Buffer.from(written) : Uint8Array.from(written);
      for (let at = 0; at < bytes.length; ) {
        while (output.length >= CAPACITY) await changed();
        const piece = bytes.subarray(at, at + CAPACITY - output.length);
        put(output, piece);
        at += piece.length;
        schedule();
      }
    },
    async read() {
      while (input.length === 0) await changed();
      return take(input) ?? new Uint8Array();
    },
    sleep: (ms) => timers.pause(ms),
    setModes(set) {
      modes = { ...set };
    },
    fork: (child) => void start(child),
  };

  function start(child: FakeProgram): FakeProcess {
    const started = runFakeProcess(FIRST_PID + processes.length, child, system);
    processes.push(started);
    void started.exited.then(schedule);
    return started;
  }

  function changed(): Promise<void> {
    return new Promise((resolve) => waiting.push(resolve));
  }

  function wake(): void {
    const woken = waiting;
    waiting = [];
    for (const resume of woken) resume();
  }

  function take(pipe: Pipe): Uint8Array | undefined {
    const piece = pipe.pieces.shift();
    pipe.length -= piece?.length ?? 0;
    wake();
    return piece;
  }

  function put(pipe: Pipe, bytes: Uint8Array): void {
    pipe.pieces.push(bytes);
    pipe.length += bytes.length;
    wake();
  }

  const alive = () => processes.filter((one) => one.alive);

  function schedule(): void {
    if (scheduled || !listening) return;
    scheduled = true;
    timers.soon(deliver);
  }

  function deliver(): void {
    scheduled = false;
    if (!listening) return;
    const piece = take(output);
    if (piece !== undefined) {
      listening = listener?.onBytes(piece) ?? false;
      schedule();
    } else if (alive().length === 0) listener?.onHangup();
  }

  const leader = start(program);
  return {
    pid: leader.pid,
    exited: leader.exited,
    listen(taker) {
      listener = taker;
      listening = true;
      schedule();
    },
    pause() {
      listening = false;
    },
    resume() {
      listening = !closed;
      schedule();
    },
    readNow: () => take(output) ?? (alive().length === 0 ? "hungup" : "empty"),
    write(bytes) {
      const taken = bytes.slice(0, CAPACITY - input.length);
      if (taken.length > 0) put(input, taken);
      return taken.length;
    },
    resize(changedSize) {
      size = { ...changedSize };
      for (const one of alive()) one.signal("SIGWINCH");
    },
    modes: async () => ({ ...modes }),
    signal(name) {
      if (!leader.alive) return false;
      for (const one of alive()) one.signal(name);
      return true;
    },
    processes: {
      members: async () => alive().map(({ pid }) => pid),
      strays: async () => [],
      signal(name, pids) {
        for (const one of alive()) if (pids.includes(one.pid)) one.signal(name);
      },
    },
    close() {
      closed = true;
      listening = false;
    },
  };
}
