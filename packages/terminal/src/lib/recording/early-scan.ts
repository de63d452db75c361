import type { OutputFollower, SealOptions } from "@cassette/core";
import type { PtyEvent } from "@cassette/format";

/** A scan of the output while it is recorded. */
export interface EarlyScan {
  /** Passes events through, and begins the scan when there is enough output. */
  watch(events: AsyncIterable<PtyEvent>): AsyncGenerator<PtyEvent, void>;
  /** Ends the scan; undefined if none was begun. */
  readonly finish: SealOptions["followed"];
  close(): void;
}

/** Bytes of output with which a scan begins: for less, starting a thread takes longer than it saves. */
const WORTH_A_THREAD = 2 << 20;

/** @param begin begins the scan; it may return nothing. */
export function createEarlyScan(begin: () => OutputFollower | undefined): EarlyScan {
  let follower: OutputFollower | undefined;
  let bytes = 0;
  return {
    async *watch(events) {
      for await (const event of events) {
        if (event.kind === "output") {
          const before = bytes;
          bytes += event.bytes.length;
          if (before < WORTH_A_THREAD && bytes >= WORTH_A_THREAD) follower = begin();
        }
        yield event;
      }
    },
    get finish() {
      return follower?.finish;
    },
    close: () => follower?.close(),
  };
}
