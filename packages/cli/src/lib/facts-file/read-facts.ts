import { readFile } from "node:fs/promises";
import type { DraftManifest, FinalDraft } from "@cassette/core";
import { CassetteError, type FreeMap, type OptionalDocuments, optionalDocumentNames } from "@cassette/format";
import type { StatedFacts } from "@cassette/terminal";

/**
 * Reads a file of facts: fields of a manifest, optional documents, and `final`. All of it is checked.
 * @throws CassetteError CASSETTE_USAGE if it cannot be read; CASSETTE_FACTS_INVALID.
 */
export async function readFacts(file: string): Promise<StatedFacts> {
  const text = await readFile(file, "utf8").catch((cause) => {
    throw new CassetteError("CASSETTE_USAGE", "The facts file cannot be read.", { file, cause });
  });
  const { parseFacts } = await import("./parse-facts.js");
  const { final, usage, cost_usd, ...facts } = parseFacts(text, file);
  const documents: Record<string, unknown> = {};
  const manifest: Record<string, unknown> = { ...facts };
  for (const name of optionalDocumentNames) {
    if (manifest[name] !== undefined) documents[name] = manifest[name];
    delete manifest[name];
  }
  const end = { ...(usage && { usage }), ...(cost_usd !== undefined && { cost_usd }), ...final };
  return {
    manifest: manifest as DraftManifest,
    ...(documents as Partial<OptionalDocuments>),
    ...(Object.keys(end).length > 0 && { final: end as FinalDraft & { metadata?: FreeMap } }),
  };
}
