import type { PtyDriver } from "@cassette/format";
import { checkLaunch } from "./launch.js";
import { loadNativePty } from "./native.js";
import { createSession } from "./session.js";
import { DEFAULT_LIMITS, type SessionLimits } from "./session-options.js";
import { realTimers, systemClock } from "./timers.js";
import { openUnixDevice } from "./unix-device.js";

/**
 * Creates a driver that starts programs on pseudo-terminals of the system (Linux, macOS). Nothing native is loaded
 * before the first start.
 */
export function createPtyDriver(limits: Partial<SessionLimits> = {}): PtyDriver {
  return {
    async start(options) {
      const { clock = systemClock, timeoutMs, signal } = options;
      signal?.throwIfAborted();
      loadNativePty();
      const device = openUnixDevice(checkLaunch(options));
      return createSession(device, {
        limits: { ...DEFAULT_LIMITS, ...limits },
        clock,
        timers: realTimers,
        timeoutMs,
        signal,
      });
    },
  };
}
