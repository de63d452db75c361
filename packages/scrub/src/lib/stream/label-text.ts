import type { Detector } from "../engine/detector.js";
import { createExtractor } from "./extractor.js";
import { createHitLog, type HitLog, type SettledHit } from "./hit-log.js";
import { createKnownSecrets } from "./known-secrets.js";
import type { SourceHit } from "./lane.js";

/** Bytes with labels in place of what was found. */
export interface Labelled {
  text: string;
  /** How often each rule hit. */
  hits: Map<string, number>;
}

/** A label may bring neighbours together that were none: what is found then is replaced too. */
const MOST_PASSES = 4;

/** Replaces in a text whatever a detector finds, until it finds nothing more. */
export function labelText(
  text: string,
  detector: Detector,
  isAllowed: (hit: SourceHit) => boolean,
): Labelled {
  const hits = new Map<string, number>();
  let bytes = Buffer.from(text);
  for (let pass = 0; pass < MOST_PASSES; pass++) {
    const settled = detectIn(bytes, detector, isAllowed).settle();
    if (settled.length === 0) break;
    for (const { rule } of settled) hits.set(rule, (hits.get(rule) ?? 0) + 1);
    bytes = withLabels(bytes, settled);
  }
  return { text: hits.size === 0 ? text : bytes.toString(), hits };
}

/** Every hit in bytes that are there as a whole. */
export function detectIn(
  bytes: Uint8Array,
  detector: Detector,
  isAllowed: (hit: SourceHit) => boolean,
): HitLog {
  const log = createHitLog(isAllowed);
  const known = createKnownSecrets(detector.secretRules);
  const report = (hit: SourceHit) => {
    const isMasked = log.add(hit);
    if (isMasked) known.learn(hit);
    return isMasked;
  };
  const extractor = createExtractor({ detector, report, also: known });
  extractor.push(bytes, 0);
  extractor.finish();
  return log;
}

/** Bytes with a label in place of each hit; what of a hit is in other rows goes without one. */
export function withLabels(bytes: Buffer, hits: readonly SettledHit[]): Buffer<ArrayBuffer> {
  const spans = hits.flatMap(({ spans, label }) =>
    spans.map((span, index) => ({ span, label: index === 0 ? label : "" })),
  );
  spans.sort((a, b) => a.span[0] - b.span[0]);
  const text = bytes.toString("latin1");
  const parts: string[] = [];
  let at = 0;
  for (const { span, label } of spans) {
    parts.push(text.slice(at, span[0]), Buffer.from(label).toString("latin1"));
    at = span[1];
  }
  parts.push(text.slice(at));
  return Buffer.from(parts.join(""), "latin1");
}
