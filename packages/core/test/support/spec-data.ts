import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { Discovery, Quota, ScrubReport } from "@cassette/format";
import type { DraftManifest, FinalDraft, FrameDraft } from "../../src/index.js";
import { GO_V1 } from "./conformance-data.js";

/** One step of the Go writer. */
export interface SpecStep {
  op: string;
  at_ms?: number;
  as?: string;
  kind?: string;
  text?: string;
  b64?: string;
  key?: string;
  rows?: number;
  cols?: number;
  signal?: string;
  payload?: unknown;
  /** The payload as it is spelled in the file. */
  payloadText?: string;
  frame?: FrameDraft;
  final?: FinalDraft;
  quota?: Quota;
  discovery?: Discovery;
  report?: ScrubReport;
}

/** All of its steps for one cassette. */
export interface Spec {
  manifest: DraftManifest;
  start: string;
  steps: SpecStep[];
}

/** Names of the specifications. */
export function specNames(): string[] {
  return readdirSync(join(GO_V1, "specs")).map((file) => basename(file, ".json"));
}

export function readSpec(name: string): Spec {
  const text = readFileSync(join(GO_V1, "specs", `${name}.json`), "utf8");
  const spec: Spec = JSON.parse(text);
  const payloads = [...text.matchAll(/"payload": /g)].map(({ 0: key, index }) =>
    valueText(text, index + key.length),
  );
  for (const step of spec.steps) if ("payload" in step) step.payloadText = payloads.shift();
  return spec;
}

/** The text of the JSON value that begins at `start`: `JSON.parse` would forget how it is spelled. */
function valueText(text: string, start: number): string {
  for (let end = text.indexOf("\n", start); end !== -1; end = text.indexOf("\n", end + 1)) {
    const candidate = text.slice(start, end).replace(/,$/, "");
    if (isJson(candidate)) return candidate;
  }
  throw new Error("no payload");
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
