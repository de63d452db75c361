import type { Hit } from "../engine/hit.js";
import { looksRandom } from "../engine/row-join.js";
import type { SourceHit } from "./lane.js";

/** Secrets that were found, of which parts may stand elsewhere: a pager's page begins in the middle of one. */
export interface KnownSecrets {
  /** Remembers what was masked, if it is long enough to be told by its parts. */
  learn(hit: SourceHit): void;
  /**
   * Calls `report` for each part of a known secret, in order. Linear in the length of the text.
   * @param text bytes as a string of U+0000 to U+00FF, without what is masked already.
   */
  find(text: string, report: (hit: Hit) => void): void;
}

const SHORTEST_SECRET = 16;
const SHORTEST_PART = 12;
/** So many bytes are compared by their hash, at each place of a secret but only at every fourth of a text. */
const GRAM = 8;
const STEP = 4;
/** Several private keys, or hundreds of tokens. What is found after that is not remembered. */
const MOST_BYTES = 1 << 16;
const MOST_PLACES = 8;
const HASH_BITS = 18;
const PRINTABLE = /^[\x21-\x7e]*$/;

/** @param secretRules the rules whose finds are secret in every part. */
export function createKnownSecrets(secretRules: ReadonlySet<string>): KnownSecrets {
  const learnt = new Set<string>();
  /** All of them, one behind the other, with a zero before each and behind. */
  let known = Buffer.alloc(0);
  let length = 1;
  let owners: { until: number; hit: SourceHit }[] = [];
  let isHash = new Uint8Array(0);
  const places = new Map<number, number[]>();

  function remember(hit: SourceHit): void {
    if (known.length === 0) {
      known = Buffer.alloc(MOST_BYTES);
      isHash = new Uint8Array(1 << HASH_BITS);
    }
    const start = length;
    length += known.write(hit.text, start, "latin1") + 1;
    owners = [...owners, { until: length, hit }];
    for (let at = start; at + GRAM < length; at++) {
      const hash = hashOf(wordAt(known, at), wordAt(known, at + STEP));
      isHash[hash >>> (32 - HASH_BITS)] = 1;
      const same = places.get(hash);
      if (same === undefined) places.set(hash, [at]);
      else if (same.length < MOST_PLACES) same.push(at);
    }
  }

  /** The longest part around a place of a text that is a part of something known around one of these. */
  function longest(bytes: Uint8Array, at: number, candidates: readonly number[]): Part {
    let best = { start: at, end: at, of: 0 };
    for (const of of candidates) {
      let before = 0;
      while (known[of - before - 1] !== 0 && bytes[at - before - 1] === known[of - before - 1]) before++;
      let behind = 0;
      while (known[of + behind] !== 0 && bytes[at + behind] === known[of + behind]) behind++;
      if (before + behind > best.end - best.start) best = { start: at - before, end: at + behind, of };
    }
    return best;
  }

  return {
    learn(hit) {
      const { rule, text } = hit;
      if (text.length < SHORTEST_SECRET || length + text.length >= MOST_BYTES) return;
      if (!secretRules.has(rule) || learnt.has(text) || !PRINTABLE.test(text)) return;
      learnt.add(text);
      remember(hit);
    },
    find(text, report) {
      if (learnt.size === 0) return;
      const bytes = Buffer.from(text, "latin1");
      let word = wordAt(bytes, 0);
      for (let at = 0; at + GRAM <= bytes.length; at += STEP) {
        const next = wordAt(bytes, at + STEP);
        const hash = hashOf(word, next);
        word = next;
        if (isHash[hash >>> (32 - HASH_BITS)] === 0) continue;
        const { start, end, of } = longest(bytes, at, places.get(hash) ?? []);
        if (end - start < SHORTEST_PART || !isTelling(text.slice(start, end))) continue;
        const owner = owners.find(({ until }) => of < until)?.hit;
        if (owner) report({ rule: owner.rule, label: owner.label, spans: [[start, end]] });
        while (at + STEP < end) at += STEP;
        word = wordAt(bytes, at + STEP);
      }
    },
  };
}

interface Part {
  readonly start: number;
  readonly end: number;
  /** Where among the known ones. */
  readonly of: number;
}

/** Whether a part could not stand anywhere by chance, as a word could that a secret holds. */
function isTelling(part: string): boolean {
  return (/\d/.test(part) && /[a-z]/i.test(part)) || looksRandom(part) || /^[A-Z]+$/.test(part);
}

/** Four bytes as a number; what stands behind the end counts as 0. */
function wordAt(bytes: Uint8Array, at: number): number {
  return (
    (bytes[at] ?? 0) |
    ((bytes[at + 1] ?? 0) << 8) |
    ((bytes[at + 2] ?? 0) << 16) |
    ((bytes[at + 3] ?? 0) << 24)
  );
}

/** Of two words, 32 bits without a sign. */
function hashOf(first: number, second: number): number {
  return (Math.imul(first, 0x9e3779b1) ^ Math.imul(second, 0x85ebca6b)) >>> 0;
}
