import type { Span } from "../engine/hit.js";
import type { SourceHit } from "./lane.js";

/** A hit with only what no other hit has. */
export type SettledHit = Omit<SourceHit, "text">;

/** Hits of one source, each once. */
export interface HitLog {
  /** Whether it counts. */
  add(hit: SourceHit): boolean;
  /** All, in order, of two that begin together the longer first; they may overlap. */
  all(): readonly SourceHit[];
  /**
   * What is left when every byte belongs to one hit only: the one that begins first, of two that begin together the longer.
   * In order; a hit with nothing of its own is not there.
   */
  settle(): readonly SettledHit[];
}

/** @param isAllowed says of what was matched that it is no secret after all. */
export function createHitLog(isAllowed: (hit: SourceHit) => boolean): HitLog {
  let hits: SourceHit[] = [];
  let isOrderly = true;
  function all(): readonly SourceHit[] {
    if (!isOrderly) hits = eachOnce(hits);
    isOrderly = true;
    return hits;
  }
  return {
    add(hit) {
      if (isAllowed(hit)) return false;
      // Most that overlap do so here: a directory, the home it lies in and whose that is.
      if (covers(hits.at(-1), hit)) return true;
      while (covers(hit, hits.at(-1))) hits.pop();
      isOrderly &&= startOf(hits.at(-1)) < startOf(hit);
      hits.push(hit);
      return true;
    },
    all,
    settle: () => settle(all()),
  };
}

/** Whether nothing of the second is left beside the first. */
function covers(outer: SourceHit | undefined, inner: SourceHit | undefined): boolean {
  if (outer?.spans.length !== 1 || inner?.spans.length !== 1) return false;
  return startOf(outer) <= startOf(inner) && endOf(outer) >= endOf(inner);
}

/**
 * Puts hits in order. What a rule found twice at one place is there once, as long as it was found. Two that only begin in one
 * place are two: a screen may show the first characters of one secret before the rest of another.
 */
function eachOnce(hits: SourceHit[]): SourceHit[] {
  hits.sort((a, b) => startOf(a) - startOf(b) || endOf(b) - endOf(a));
  const kept: SourceHit[] = [];
  for (const hit of hits) {
    let at = kept.length - 1;
    while (at >= 0 && startOf(kept[at]) === startOf(hit) && !isPartOf(hit, kept[at])) at--;
    if (at < 0 || startOf(kept[at]) !== startOf(hit)) kept.push(hit);
  }
  return kept;
}

/** Whether a rule found it already, as a whole or as a part of more. */
function isPartOf({ rule, spans }: SourceHit, known: SourceHit | undefined): boolean {
  if (rule !== known?.rule) return false;
  return spans.every(([start, end]) => known.spans.some(([from, to]) => from <= start && end <= to));
}

function endOf({ spans }: SettledHit): number {
  let end = 0;
  for (const span of spans) end = Math.max(end, span[1]);
  return end;
}

/** @param hits in order. */
function settle(hits: readonly SourceHit[]): readonly SettledHit[] {
  const settled: SettledHit[] = [];
  for (let at = 0; at < hits.length; ) {
    const hit = hits[at];
    const end = clusterEnd(hits, at);
    if (hit !== undefined && end === at + 1 && isApart(hit)) settled.push(hit);
    else for (const part of settleCluster(hits.slice(at, end))) settled.push(part);
    at = end;
  }
  return settled;
}

/** Where the hits end that reach into one another, of which the first has an index. */
function clusterEnd(hits: readonly SourceHit[], first: number): number {
  let reach = -1;
  for (let index = first; index < hits.length; index++) {
    const hit = hits[index];
    if (hit === undefined || (index > first && startOf(hit) >= reach)) return index;
    reach = Math.max(reach, endOf(hit));
  }
  return hits.length;
}

/** Whether a hit is in no place twice. */
function isApart({ spans }: SettledHit): boolean {
  let covered = -1;
  for (const [start, end] of spans) {
    if (start < covered) return false;
    covered = end;
  }
  return true;
}

/** @param hits that reach into one another. */
function settleCluster(hits: readonly SourceHit[]): SettledHit[] {
  return hits.every(({ spans }) => spans.length === 1) ? settleRanges(hits) : settleParts(hits);
}

function settleRanges(hits: readonly SourceHit[]): SettledHit[] {
  const settled: SettledHit[] = [];
  let covered = -1;
  for (const hit of hits) {
    const [start, end] = hit.spans[0] ?? [0, 0];
    if (end <= covered) continue;
    settled.push(start >= covered ? hit : { rule: hit.rule, label: hit.label, spans: [[covered, end]] });
    covered = end;
  }
  return settled;
}

/** The spans of one hit may be between those of another. */
function settleParts(hits: readonly SourceHit[]): SettledHit[] {
  const settled = hits.map(({ rule, label }) => ({ rule, label, spans: [] as Span[] }));
  const all: { of: number; span: Span; from: number }[] = [];
  for (const [of, hit] of hits.entries())
    for (const span of hit.spans) all.push({ of, span, from: startOf(hit) });
  all.sort((a, b) => a.span[0] - b.span[0] || a.from - b.from || b.span[1] - a.span[1]);
  let covered = -1;
  for (const { of, span } of all) {
    const start = Math.max(span[0], covered);
    if (start >= span[1]) continue;
    settled[of]?.spans.push(start === span[0] ? span : [start, span[1]]);
    covered = span[1];
  }
  return settled.filter(({ spans }) => spans.length > 0).sort((a, b) => startOf(a) - startOf(b));
}

function startOf(hit: SettledHit | undefined): number {
  return hit?.spans[0]?.[0] ?? -1;
}
