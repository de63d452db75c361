import type { PtyDriver } from "@cassette/format";
import { checkStartOptions } from "@cassette/format/session";
import type { Cassette } from "../reader/cassette.js";
import { openCassette } from "../reader/open-cassette.js";
import { demandAllInputs } from "./all-inputs.js";
import { createPace, type PaceOptions } from "./pace.js";
import { createReplaySession } from "./replay-session.js";

/** Options of a replay driver. */
export interface ReplayDriverOptions extends PaceOptions {
  /**
   * What has to be repeated before a recording continues: "input" (the default) is typed and pasted input, "everything" also
   * resizes
   * and signals. Replies to terminal queries are never awaited.
   */
  waitsFor?: "input" | "everything";
  /** Maps inputs that count as equal to the same text; by default bytes are compared exactly. */
  normalise?: (text: string) => string;
}

/**
 * Creates a driver whose every session is a recording: it prints what the program printed, and waits at every recorded input until
 * that is sent. No program is started; `argv`, `cwd`, `env` and `clock` are only checked. The events' times are the recording's.
 * `send` and the like resolve when the recording has reached that input, also if more was recorded there.
 * @param recording an open cassette, which is not closed, or the path of one.
 * @returns a driver; its `start` throws what opening the cassette throws, and CASSETTE_RECORDING_CUT. When the caller's actions differ from the recording,
 * sends,
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
      const release = isOpen ? async () => {} : () => cassette.close();
      try {
        demandAllInputs(cassette);
      } catch (error) {
        await release();
        throw error;
      }
      return createReplaySession({
        cassette,
        pace: createPace(pace),
        waitsForAll: waitsFor === "everything",
        normalise,
        timeoutMs,
        signal,
        release,
      });
    },
  };
}
