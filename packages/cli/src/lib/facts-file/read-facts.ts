import { readFile } from "node:fs/promises";
import type { DraftManifest, FinalDraft } from "@cassette/core";
import { CassetteError, type Discovery, type FreeMap, type Quota } from "@cassette/format";
import type { StatedFacts } from "@cassette/terminal";

/**
 * Reads a file of facts: fields of a manifest, and `quota`, `discovery` and `final`. All of it is checked.
 * @throws CassetteError CASSETTE_USAGE if it cannot be read; CASSETTE_FACTS_INVALID.
 */
export async function readFacts(file: string): Promise<StatedFacts> {
  const text = await readFile(file, "utf8").catch((cause) => {
    throw new CassetteError("CASSETTE_USAGE", "The file of facts cannot be read.", { file, cause });
  });
  const { parseFacts } = await import("./parse-facts.js");
  const { quota, discovery, final, usage, cost_usd, ...manifest } = parseFacts(text, file);
  const end = { ...(usage && { usage }), ...(cost_usd !== undefined && { cost_usd }), ...final };
  return {
    manifest: manifest as DraftManifest,
    ...(quota && { quota: quota as Quota }),
    ...(discovery && { discovery: discovery as Discovery }),
    ...(Object.keys(end).length > 0 && { final: end as FinalDraft & { metadata?: FreeMap } }),
  };
}
