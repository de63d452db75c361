import type { DraftManifest, FinalDraft } from "@cassette/core";
import type { OptionalDocuments } from "@cassette/format";

/** What the caller states of a recording. */
export interface StatedFacts extends Partial<OptionalDocuments> {
  manifest: DraftManifest;
  final?: FinalDraft;
}

/** Stated facts take precedence over observed ones, field by field. */
export function mergeFacts(observed: DraftManifest, stated: DraftManifest): DraftManifest {
  const parts = ["harness", "command", "terminal", "timing", "provenance", "optional"] as const;
  const merged = parts.map((part) => [part, { ...observed[part], ...stated[part] }] as const);
  const filled = merged.filter(([, value]) => Object.keys(value).length > 0);
  return { ...observed, ...stated, ...Object.fromEntries(filled) };
}
