import type { Clock, PtyDriver } from "@cassette/format";
import { openFakeDevice } from "./fake-device.js";
import type { FakeProgram } from "./fake-terminal.js";
import { checkArguments } from "./launch.js";
import { createSession } from "./session.js";
import { DEFAULT_LIMITS, type SessionLimits } from "./session-options.js";
import { createVirtualTime } from "./virtual-time.js";

/** A driver without processes and without waiting. */
export interface FakeDriver extends PtyDriver {
  /** The virtual time, for a recorder beside the session. Sessions always use it. */
  readonly clock: Clock;
  /**
   * Moves the virtual time on. Sleeping programs and a session that ends its processes need no help; what only may
   * happen, such as a timeout, waits for this.
   */
  advance(ms: number): Promise<void>;
}

/**
 * Creates a driver whose every session runs `program` in memory, in virtual time; everything above the terminal is the
 * real session. Programs and directories are not looked for.
 */
export function createFakeDriver(program: FakeProgram, limits: Partial<SessionLimits> = {}): FakeDriver {
  const { clock, timers, advance } = createVirtualTime();
  return {
    clock,
    advance,
    async start(options) {
      const { timeoutMs, signal } = options;
      signal?.throwIfAborted();
      const device = openFakeDevice(program, checkArguments(options), timers);
      return createSession(device, {
        limits: { ...DEFAULT_LIMITS, ...limits },
        clock,
        timers,
        timeoutMs,
        signal,
      });
    },
  };
}
