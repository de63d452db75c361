import type { Hit, Span } from "../engine/hit.js";
import { lastBegun } from "../engine/last-begun.js";
import { isRandom } from "../lexicon/word-classes.js";
import type { SourceHit } from "./lane.js";

/** Secrets that were found, of which parts may be elsewhere: a pager's page begins in the middle of one. */
export interface KnownSecrets {
  /** Remembers what was masked, if it is long enough to be recognized by its parts. */
  learn(hit: SourceHit): void;
  /**
   * Calls `report` for each part of a known secret, in order. Linear in the length of the text.
   * @param bytes in which what was found otherwise is masked.
   * @param part only what begins in it, or a little before or after.
   */
  find(bytes: Buffer, part: Span, report: (hit: Hit) => void): void;
}

const SHORTEST_SECRET = 16;
const SHORTEST_PART = 12;
/** So many bytes are compared by their hash, at each place of a secret but only at every fourth of a text. */
const GRAM = 8;
const STEP = 4;
/** Several private keys, or hundreds of tokens. What is found after that is not remembered. */
const MOST_BYTES = 1 << 16;
const MOST_PLACES = 8;
const NO_FILTER = new Uint32Array(0);
const PRINTABLE = /^[\x21-\x7e]*$/;

/** Texts, and where in them eight bytes are by their hash. */
interface Index {
  /** All of them, one after the other, with a zero before each and after. */
  bytes: Buffer;
  length: number;
  readonly owners: { start: number; hit: SourceHit }[];
  /** A bit for every upper half of a hash: so small that it stays at hand while a text is read. */
  filter: Uint32Array;
  readonly places: Map<number, number[]>;
}

/** @param secretRules the rules whose finds are secret in every part. */
export function createKnownSecrets(secretRules: ReadonlySet<string>): KnownSecrets {
  const learnt = new Set<string>();
  const index: Index = {
    bytes: Buffer.alloc(0),
    length: 1,
    owners: [],
    filter: NO_FILTER,
    places: new Map(),
  };
  return {
    learn(hit) {
      const text = ownPart(hit.text);
      if (text.length < SHORTEST_SECRET || index.length + text.length >= MOST_BYTES) return;
      if (!secretRules.has(hit.rule) || learnt.has(text) || !PRINTABLE.test(text)) return;
      learnt.add(text);
      remember(index, text, hit);
    },
    find(bytes, part, report) {
      if (learnt.size > 0) findParts(index, bytes, part, report);
    },
  };
}

function remember(index: Index, text: string, hit: SourceHit): void {
  if (index.bytes.length === 0) {
    index.bytes = Buffer.alloc(MOST_BYTES);
    index.filter = new Uint32Array(1 << 11);
  }
  const { bytes, filter, places } = index;
  const start = index.length;
  index.length += bytes.write(text, start, "latin1") + 1;
  index.owners.push({ start, hit });
  const words = new Int32Array(GRAM / STEP);
  const gram = new Uint8Array(words.buffer);
  for (let at = start; at + GRAM < index.length; at++) {
    gram.set(bytes.subarray(at, at + GRAM));
    const hash = hashOf(words[0] ?? 0, words[1] ?? 0);
    filter[hash >>> 21] = (filter[hash >>> 21] ?? 0) | (1 << ((hash >>> 16) & 31));
    const same = places.get(hash);
    if (same === undefined) places.set(hash, [at]);
    else if (same.length < MOST_PLACES) same.push(at);
  }
}

function findParts(index: Index, bytes: Buffer, [from, to]: Span, report: (hit: Hit) => void): void {
  const { filter, places } = index;
  const words = wordsOf(bytes);
  const count = Math.min(words.length, Math.ceil((to + GRAM) / STEP));
  const first = Math.floor(from / STEP);
  let word = words[first] ?? 0;
  let lowest = 0;
  for (let next = first + 1; next < count; next++) {
    const hash = hashOf(word, words[next] ?? 0);
    word = words[next] ?? 0;
    if ((((filter[hash >>> 21] ?? 0) >>> ((hash >>> 16) & 31)) & 1) === 0) continue;
    const { start, end, of } = longest(index.bytes, bytes, (next - 1) * STEP, lowest, places.get(hash) ?? []);
    if (end - start < SHORTEST_PART) continue;
    const owner = ownerOf(index, of);
    if (owner && isTelling(bytes.toString("latin1", start, end), owner.rule))
      report({ rule: owner.rule, label: owner.label, spans: [[start, end]] });
    // Telling or not: what is read again and again would take for ever.
    lowest = end;
    while (next * STEP < end) next++;
    word = words[next] ?? 0;
  }
}

/** The longest part around a place of a text, from `lowest` on, that is a part of something known around one of these. */
function longest(
  known: Uint8Array,
  bytes: Uint8Array,
  at: number,
  lowest: number,
  candidates: readonly number[],
): Part {
  let best = { start: at, end: at, of: 0 };
  for (const of of candidates) {
    let before = 0;
    while (
      at - before > lowest &&
      known[of - before - 1] !== 0 &&
      bytes[at - before - 1] === known[of - before - 1]
    )
      before++;
    let after = 0;
    while (known[of + after] !== 0 && bytes[at + after] === known[of + after]) after++;
    if (before + after > best.end - best.start) best = { start: at - before, end: at + after, of };
  }
  return best;
}

function ownerOf({ owners }: Index, place: number): SourceHit | undefined {
  return owners[lastBegun(owners.length, (index) => owners[index]?.start ?? 0, place)]?.hit;
}

interface Part {
  readonly start: number;
  readonly end: number;
  /** Where among the known ones. */
  readonly of: number;
}

/** What the user lists is secret whatever it looks like. */
const LISTED = "literal-secret";

/** Whether a part cannot occur elsewhere by accident, as words, paths, dates and identifiers do that a secret is made of. */
function isTelling(part: string, rule: string): boolean {
  if (rule === LISTED) return !/^[a-z]+$/i.test(part);
  return part.split(/[^A-Za-z0-9]+/).some(isRandom);
}

/** What of a token is its own: all of them have the header of a JSON web token. */
function ownPart(text: string): string {
  return text.startsWith("eyJ") ? text.slice(text.indexOf(".") + 1) : text;
}

/** Bytes as words of four, without a rest. */
function wordsOf(bytes: Buffer): Int32Array {
  const count = Math.floor(bytes.length / STEP);
  if (bytes.byteOffset % STEP === 0) return new Int32Array(bytes.buffer, bytes.byteOffset, count);
  return new Int32Array(Uint8Array.from(bytes).buffer, 0, count);
}

/** Of two words of four bytes, 32 bits. */
function hashOf(first: number, second: number): number {
  return Math.imul(first, 0x9e3779b1) ^ Math.imul(second, 0x85ebca6b);
}
