import type { TerminalSize } from "@cassette/format";
import { SCROLLBACK_LINES } from "../scrollback.js";

/** How often a control sequence repeats, by its last byte: as often as asked, or less often with the same result. */
const LIMITS = new Map<number, (count: number, size: TerminalSize) => number>([
  // REP: repeat the character.
  [0x62, limitCharacters],
  // SU, SD, IL, DL: scroll, insert and delete lines.
  [0x53, (count, { rows }) => Math.min(count, rows)],
  [0x54, (count, { rows }) => Math.min(count, rows)],
  [0x4c, (count, { rows }) => Math.min(count, rows)],
  [0x4d, (count, { rows }) => Math.min(count, rows)],
  // CHT, CBT: tabulate forwards and backwards.
  [0x49, (count, { cols }) => Math.min(count, cols)],
  [0x5a, (count, { cols }) => Math.min(count, cols)],
]);

/** Parameters of fewer bytes make no number worth limiting. */
export const SHORTEST_LARGE_NUMBER = 2;

/** SU, SD, IL, DL. */
const MOVES_LINES = new Set([0x53, 0x54, 0x4c, 0x4d]);

/** The largest parameter that the library keeps. */
const MOST = 0x7fff_ffff;

/** Once screen and scrollback are full, only the column matters, which is the same again after each full row. */
function limitCharacters(count: number, { rows, cols }: TerminalSize): number {
  const full = (rows + SCROLLBACK_LINES) * cols;
  const round = cols * Math.max(1, cols >> 1);
  return count <= full ? count : full + ((Math.min(count, MOST) - full) % round);
}

const ESC = 0x1b;
const CSI_8BIT_IN_UTF8 = [0xc2, 0x9b];
const encoder = new TextEncoder();

/**
 * A control sequence that repeats itself more often than can be seen, rewritten to one that shows the same; null when it
 * does not. `sequence` begins with its introducer and may have control characters within, which come first then, as
 * they do on a terminal.
 */
export function limitRepeats(sequence: Uint8Array, size: TerminalSize): Uint8Array | null {
  const final = sequence.at(-1) ?? 0;
  const limit = LIMITS.get(final);
  if (limit === undefined || !isPlainCsi(sequence)) return null;
  const count = firstParameter(sequence);
  const limited = limit(count, size);
  if (limited === count) return null;
  const controls = sequence.subarray(introducerLength(sequence)).filter((byte) => byte < 0x20);
  return Uint8Array.from([...controls, ESC, 0x5b, ...encoder.encode(String(limited)), final]);
}

/** A control sequence with parameters only: with a prefix or intermediates, the last byte means something else. */
function isPlainCsi(sequence: Uint8Array): boolean {
  const start = introducerLength(sequence);
  const introducer = sequence[start - 1];
  if (introducer !== 0x5b && introducer !== 0x9b) return false;
  return sequence
    .subarray(start, -1)
    .every((byte) => byte < 0x20 || byte === 0x7f || (byte >= 0x30 && byte < 0x3c));
}

/** Whether a sequence with this last byte moves lines, which is costly for any number of lines. */
export function movesLines(final: number): boolean {
  return MOVES_LINES.has(final);
}

/** Whether {@link limitRepeats} may return a value for a sequence with this last byte. */
export function repeats(final: number): boolean {
  return LIMITS.has(final);
}

function introducerLength(sequence: Uint8Array): number {
  return sequence[0] === ESC ? 2 + leadingControls(sequence) : CSI_8BIT_IN_UTF8.length;
}

/** Control characters may occur between ESC and [. */
function leadingControls(sequence: Uint8Array): number {
  let at = 1;
  while ((sequence[at] ?? 0x20) < 0x20 || sequence[at] === 0x7f) at++;
  return at - 1;
}

/** The first number of a control sequence; 0 when it has none. */
export function firstParameter(sequence: Uint8Array): number {
  let value = 0;
  for (let at = introducerLength(sequence); at < sequence.length; at++) {
    const byte = sequence[at] ?? 0;
    if (byte < 0x20 || byte === 0x7f) continue;
    if (byte < 0x30 || byte > 0x39) break;
    value = Math.min(value * 10 + byte - 0x30, Number.MAX_SAFE_INTEGER / 16);
  }
  return value;
}
