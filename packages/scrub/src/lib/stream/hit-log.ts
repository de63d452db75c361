import type { Span } from "../engine/hit.js";
import type { SourceHit } from "./lane.js";

/** A hit with only what no other hit has. */
export type SettledHit = Omit<SourceHit, "bytes">;

/** Hits of one source, each once. */
export interface HitLog {
  /** Whether it counts. */
  add(hit: SourceHit): boolean;
  /** All, in no order; they may overlap. */
  all(): SourceHit[];
  /**
   * What is left when every byte belongs to one hit only: the one that begins first, of two that begin together the longer.
   * In order; a hit with nothing of its own is not there.
   */
  settle(): SettledHit[];
}

/** @param isAllowed says of what was matched that it is no secret after all. */
export function createHitLog(isAllowed: (hit: SourceHit) => boolean): HitLog {
  const byPlace = new Map<string, SourceHit>();
  return {
    add(hit) {
      if (isAllowed(hit)) return false;
      const place = `${hit.rule}@${hit.spans[0]?.[0]}`;
      const known = byPlace.get(place);
      byPlace.set(place, known && endOf(known) >= endOf(hit) ? known : hit);
      return true;
    },
    all: () => [...byPlace.values()],
    settle: () => settle([...byPlace.values()]),
  };
}

function endOf({ spans }: SettledHit): number {
  return spans.reduce((end, span) => Math.max(end, span[1]), 0);
}

function settle(hits: SourceHit[]): SettledHit[] {
  const all = hits.flatMap((hit, index) => hit.spans.map((span) => ({ index, span, from: startOf(hit) })));
  all.sort((a, b) => a.span[0] - b.span[0] || a.from - b.from || b.span[1] - a.span[1]);
  const left = hits.map(() => [] as Span[]);
  let covered = -1;
  for (const { index, span } of all) {
    const start = Math.max(span[0], covered);
    if (start >= span[1]) continue;
    left[index]?.push([start, span[1]]);
    covered = span[1];
  }
  return hits
    .map(({ rule, label }, index) => ({ rule, label, spans: left[index] ?? [] }))
    .filter(({ spans }) => spans.length > 0)
    .sort((a, b) => startOf(a) - startOf(b));
}

function startOf({ spans }: SettledHit): number {
  return spans[0]?.[0] ?? 0;
}
