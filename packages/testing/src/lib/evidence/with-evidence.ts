import type { Cassette } from "@cassette/core/reader";
import { openRecording } from "@cassette/terminal/recordings";
import type { Evidence } from "./evidence.js";
import { readEvidence } from "./read-evidence.js";

/** What assertions accept: a cassette, its path, evidence, or a running terminal. */
export type EvidenceSource = Cassette | string | Evidence | { evidence(): Evidence };

/**
 * Runs an action with the evidence of a source, and closes what was opened for it.
 * @throws CassetteError of opening a cassette; TypeError for anything else.
 */
export async function withEvidence<T>(from: unknown, action: (evidence: Evidence) => Promise<T>): Promise<T> {
  if (typeof from === "string") {
    await using cassette = await openRecording(from);
    return await withCassette(cassette, action);
  }
  if (typeof from === "object" && from !== null) {
    if ("manifest" in from && "raw" in from) return withCassette(from as Cassette, action);
    if ("evidence" in from && typeof from.evidence === "function") return action(from.evidence());
    if ("screenAt" in from) return action(from as Evidence);
  }
  throw new TypeError("A cassette, its path or a running terminal is expected.");
}

async function withCassette<T>(cassette: Cassette, action: (evidence: Evidence) => Promise<T>): Promise<T> {
  const evidence = await readEvidence(cassette);
  try {
    return await action(evidence);
  } finally {
    evidence.close();
  }
}
