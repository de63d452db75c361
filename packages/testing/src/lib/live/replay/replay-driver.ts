import { type Cassette, openCassette } from "@cassette/core/reader";
import type { PtyDriver } from "@cassette/format";
import { createReplaySession } from "./replay-session.js";

/**
 * Creates a driver whose every session is a recording: it prints what the program printed, and waits at every recorded input until
 * that is sent. The program is not started; `argv` and the environment are not looked at. Answers to terminal queries,
 * resizes and signals are never waited for; recorded pauses are not kept.
 * @param recording an open cassette, or the path of one.
 * @returns a driver; its `start` throws what opening the cassette throws. When something else is sent than was recorded, the
 * session's events end with CassetteError CASSETTE_REPLAY_MISMATCH.
 */
export function createReplayDriver(recording: Cassette | string): PtyDriver {
  return {
    async start({ signal }) {
      signal?.throwIfAborted();
      if (typeof recording !== "string") return createReplaySession(recording, async () => {});
      const cassette = await openCassette(recording, { signal });
      return createReplaySession(cassette, () => cassette.close());
    },
  };
}
