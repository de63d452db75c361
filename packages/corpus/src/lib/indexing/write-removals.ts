import type { KnownRecording } from "./known-recordings.js";
import { createPartWriter } from "./part-writer.js";

/** Why rows are no longer valid: the files changed, they are gone, or `prune` deleted them. */
type RemovalReason = "changed" | "missing" | "pruned";

/** A row that is no longer valid, and why. */
export interface Removal {
  row: Pick<KnownRecording, "recording" | "id" | "sha256" | "manifest_sha256" | "path">;
  reason: RemovalReason;
}

/**
 * Takes recordings out of the tables, all at once.
 * @param stem names the part; no other part may have the name.
 * @param now milliseconds since 1970.
 */
export function writeRemovals(dir: string, stem: string, removals: readonly Removal[], now: number): void {
  if (removals.length === 0) return;
  const parts = createPartWriter(dir, stem);
  parts.begin(null);
  for (const { row, reason } of removals) {
    const { recording, id, sha256, manifest_sha256, path } = row;
    parts.add("removals", { recording, id, sha256, manifest_sha256, path, removed_at: now, reason });
  }
  parts.end();
}
