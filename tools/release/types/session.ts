import { createReplayDriver } from "@cassette/core/reader";
import type { PtyDriver } from "@cassette/format";
import { createEventLog, encodeKey } from "@cassette/format/session";

export const driver: PtyDriver = createReplayDriver("dir", {
  waitsFor: "everything",
  mode: "scaled",
  scale: 2,
});
export const bytes: Uint8Array = encodeKey("Up", { applicationCursor: true }).bytes;
export const log: typeof createEventLog = createEventLog;
// @ts-expect-error: nothing else can be waited for
createReplayDriver("dir", { waitsFor: "resizes" });
