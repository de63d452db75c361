import type { Clock, PtyDriver } from "@cassette/format";
import { openFakeDevice } from "./fake-device.js";
import type { FakeProgram } from "./fake-terminal.js";
import { checkArguments } from "./launch.js";
import { createSession } from "./session.js";
import { DEFAULT_LIMITS, type SessionLimits } from "./session-options.js";
import { createVirtualTime } from "./virtual-time.js";

/** A driver without processes and real time. */
export interface FakeDriver extends PtyDriver {
  /** The virtual time, for a recorder beside the session. Sessions always use it. */
  readonly clock: Clock;
  /**
   * Advances the virtual time. Sleeping programs and a session that ends its processes advance it themselves; what only may
   * happen, such as a timeout, needs this call.
   */
  advance(ms: number): Promise<void>;
}

/**
 * Creates a driver whose sessions all run `program` in memory, in virtual time; everything above the terminal is the
 * real session. Programs and directories are not checked.
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
