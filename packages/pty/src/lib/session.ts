import type { KillReport, PtyExit, PtySession } from "@cassette/format";
import {
  checkSignal,
  checkSize,
  createEventLog,
  createInputCalls,
  createModeTracker,
  type QueuedInput,
  sessionClosed,
} from "@cassette/format/session";
import type { Device } from "./device.js";
import { createInputQueue } from "./input-queue.js";
import { createOutputPump, type OutputEnd } from "./output-pump.js";
import type { SessionSetup } from "./session-options.js";
import { type TerminationReport, terminate } from "./termination.js";

/** A session over any device: order, limits, life and death; all that does not depend on where the bytes come from. */
export function createSession(device: Device, setup: SessionSetup): PtySession {
  const { limits, clock, timers } = setup;
  const modes = createModeTracker();
  const log = createEventLog({ clock, limits, onRoom: () => pump.resume() });
  const pump = createOutputPump(
    device,
    { bytes: takeOutput, drained: logExit, failed: () => void endProcesses(), end: finish },
    timers,
  );
  const input = createInputQueue(device, limits.inputBytes, timers, (sent) => {
    modesDue = true;
    log.append({ kind: "input", ...sent });
  });
  let modesDue = false;
  let exit: PtyExit | undefined;
  let timedOut = false;
  let ended = false;
  let ending: Promise<TerminationReport> | undefined;
  let closing: Promise<KillReport> | undefined;

  const cancelTimeout = setup.timeoutMs === undefined ? () => {} : timers.after(setup.timeoutMs, expire);
  const abort = () => void endProcesses();
  setup.signal?.addEventListener("abort", abort, { once: true });
  const exited = device.exited.then(takeExit);
  pump.start();

  function takeOutput(bytes: Uint8Array): boolean {
    modes.read(bytes);
    if (!modesDue) return log.output(bytes);
    modesDue = false;
    return log.output(bytes, device.modes());
  }

  function takeExit(how: PtyExit): PtyExit {
    exit = timedOut ? { ...how, timedOut } : how;
    release();
    input.close();
    pump.exited(limits.exitGraceMs);
    return exit;
  }

  function logExit(): void {
    if (exit !== undefined) log.append({ kind: "exit", exit });
  }

  function release(): void {
    cancelTimeout();
    setup.signal?.removeEventListener("abort", abort);
  }

  function finish(reason: OutputEnd | "closed"): void {
    if (ended) return;
    ended = true;
    log.end(reason);
  }

  function expire(): void {
    timedOut = true;
    void endProcesses();
  }

  function endProcesses(): Promise<TerminationReport> {
    ending ??= terminate({
      device,
      timers,
      graceMs: limits.killGraceMs,
      onSignal: (signal) => ended || log.append({ kind: "signal", signal }),
    }).finally(() => {
      ending = undefined;
    });
    return ending;
  }

  async function kill(): Promise<KillReport> {
    const { forced, members } = await endProcesses();
    const strays = closing === undefined ? await device.processes.strays() : [];
    return { forced, survivors: [...new Set([...members, ...strays])] };
  }

  async function shutDown(): Promise<KillReport> {
    input.close();
    const { forced, members } = await endProcesses();
    if (!members.includes(device.pid)) await exited;
    pump.stop();
    finish("closed");
    release();
    device.close();
    return { forced, survivors: members };
  }

  async function close(): Promise<void> {
    closing ??= shutDown();
    await closing;
  }

  function isOver(): boolean {
    return exit !== undefined || closing !== undefined;
  }

  function queue(item: QueuedInput): Promise<void> {
    return isOver() ? Promise.reject(sessionClosed()) : input.add(item);
  }

  return {
    pid: device.pid,
    events: () => log.read(),
    output: () => log.readOutput(),
    ...createInputCalls(queue, modes),
    async resize(size) {
      checkSize(size);
      if (isOver()) throw sessionClosed();
      device.resize(size);
      log.append({ kind: "resize", size: { rows: size.rows, cols: size.cols } });
    },
    async signal(name) {
      checkSignal(name);
      if (isOver() || !device.signal(name)) throw sessionClosed();
      log.append({ kind: "signal", signal: name });
    },
    kill: async () =>
      closing === undefined ? kill() : closing.then(() => ({ forced: false, survivors: [] })),
    wait: () => exited,
    close,
    [Symbol.asyncDispose]: close,
  };
}
