import { readFile } from "node:fs/promises";
import type { DraftManifest, FinalDraft } from "@cassette/core";
import { CassetteError, type Discovery, type Quota } from "@cassette/format";

/** What `--manifest` states of a recording. */
export interface StatedFacts {
  manifest: DraftManifest;
  quota?: Quota;
  discovery?: Discovery;
  final?: FinalDraft;
}

/** Parts that the recording itself knows better. */
const OBSERVED = ["version", "content_digest"] as const;

/**
 * Reads a file of facts: JSON with any fields of a manifest, and `quota`, `discovery` and `final`.
 * @throws CassetteError CASSETTE_USAGE.
 */
export async function readStatedFacts(file: string): Promise<StatedFacts> {
  const text = await readFile(file, "utf8").catch((cause) => {
    throw new CassetteError("CASSETTE_USAGE", "The manifest's file cannot be read.", { file, cause });
  });
  const stated = parse(text, file);
  const { quota, discovery, final, ...manifest } = stated;
  const refused = OBSERVED.find((name) => name in manifest);
  if (refused) {
    throw new CassetteError("CASSETTE_USAGE", `The recording itself tells ${refused}; leave it out.`, {
      file,
    });
  }
  return { manifest, ...(quota && { quota }), ...(discovery && { discovery }), ...(final && { final }) };
}

/** What was stated stands before what was observed, field by field. */
export function mergeFacts(observed: DraftManifest, stated: DraftManifest): DraftManifest {
  const parts = ["harness", "command", "terminal", "timing", "provenance", "optional"] as const;
  const merged = parts.map((part) => [part, { ...observed[part], ...stated[part] }] as const);
  const filled = merged.filter(([, value]) => Object.keys(value).length > 0);
  return { ...observed, ...stated, ...Object.fromEntries(filled) };
}

function parse(text: string, file: string): Partial<StatedFacts> & DraftManifest {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return value;
  } catch {
    // Said below, without a word of what stands there.
  }
  throw new CassetteError("CASSETTE_USAGE", "A JSON object is expected.", { file });
}
