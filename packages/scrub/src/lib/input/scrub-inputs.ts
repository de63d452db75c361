import { applyMask, type InputRecord, type StreamMask } from "@cassette/format";
import type { Detector } from "../engine/detector.js";
import { createHitLog, type SettledHit } from "../stream/hit-log.js";
import { detectIn } from "../stream/label-text.js";
import type { SourceHit } from "../stream/lane.js";
import { createStreamMask } from "../stream/stream-mask.js";
import { typedText } from "./typed-text.js";

/** Input records after scrubbing. */
export interface InputHits {
  records: InputRecord[];
  found: readonly SettledHit[];
}

/**
 * Masks what was typed of secrets, key by key and over corrections: bytes of masked keys become `*`, their names go, `masked`
 * shows where.
 */
export function scrubInputRecords(
  records: readonly InputRecord[],
  detector: Detector,
  isAllowed: (hit: SourceHit) => boolean,
): InputHits {
  const typed = Buffer.concat(records.map(({ bytes }) => bytes ?? new Uint8Array()));
  const asSent = detectIn(typed, detector, isAllowed);
  const corrected = typedText(typed);
  const asMeant = detectIn(corrected.bytes, detector, isAllowed);
  const meant = asMeant.all().map((hit) => ({ ...hit, ...corrected.toSource(hit.spans) }));
  const log = createHitLog(() => false);
  for (const hit of [...asSent.all(), ...meant]) log.add(hit);
  const mask = createStreamMask(log.all());
  let offset = 0;
  const scrubbed = records.map((record) => {
    if (!record.bytes) return record;
    const start = offset;
    offset += record.bytes.length;
    const masked = rangesIn(mask.ranges, start, offset);
    if (masked.length === 0) return record;
    const { key: _, ...rest } = record;
    return { ...rest, bytes: applyMask(mask, record.bytes, start), masked };
  });
  return { records: scrubbed, found: log.settle() };
}

function rangesIn(ranges: StreamMask["ranges"], start: number, end: number): [number, number][] {
  return ranges
    .filter(([from, to]) => to > start && from < end)
    .map(([from, to]) => [Math.max(from, start) - start, Math.min(to, end) - start]);
}
