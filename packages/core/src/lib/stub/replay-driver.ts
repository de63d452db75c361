import type { PtyDriver } from "@cassette/format";
import { checkStartOptions } from "@cassette/format/session";
import type { Cassette } from "../reader/cassette.js";
import { openCassette } from "../reader/open-cassette.js";
import { createPace, type PaceOptions } from "./pace.js";
import { createReplaySession } from "./replay-session.js";

/** How recordings stand in for programs. */
export interface ReplayDriverOptions extends PaceOptions {
  /**
   * What has to be done again before a recording goes on: "input" (the default) is what was typed and pasted, "everything" resizes
   * and signals too. Answers to terminal queries are never waited for.
   */
  waitsFor?: "input" | "everything";
  /** Makes one of inputs that shall count as the same; by default bytes are compared exactly. */
  normalise?: (text: string) => string;
}

/**
 * Creates a driver whose every session is a recording: it prints what the program printed, and waits at every recorded input until
 * that is sent. No program is started; `argv`, `cwd`, `env` and `clock` are only checked. The events' times are the recording's.
 * `send` and its like resolve when the recording has come to what they sent.
 * @param recording an open cassette, which stays open, or the path of one.
 * @returns a driver; its `start` throws what opening the cassette throws. When something else is done than was recorded, sends,
 * `wait` and the session's events throw CassetteError `CASSETTE_REPLAY_MISMATCH`.
 */
export function createReplayDriver(
  recording: Cassette | string,
  { waitsFor = "input", normalise, ...pace }: ReplayDriverOptions = {},
): PtyDriver {
  return {
    async start(options) {
      const { signal, timeoutMs } = options;
      signal?.throwIfAborted();
      checkStartOptions(options);
      const isOpen = typeof recording !== "string";
      const cassette = isOpen ? recording : await openCassette(recording, { signal });
      return createReplaySession({
        cassette,
        pace: createPace(pace),
        waitsForAll: waitsFor === "everything",
        normalise,
        timeoutMs,
        signal,
        release: isOpen ? async () => {} : () => cassette.close(),
      });
    },
  };
}
