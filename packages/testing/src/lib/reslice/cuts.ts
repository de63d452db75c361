import type { Random } from "./random.js";

/** Where output is cut: after every byte, inside characters, inside escape sequences, or anywhere. */
export type Split = "bytes" | "characters" | "escapes" | "any";

const ESC = 0x1b;

/** Offsets at which to cut, ascending, without both ends. */
export function cutsOf(bytes: Uint8Array, split: Split, random: Random): number[] {
  switch (split) {
    case "bytes":
      return Array.from({ length: Math.max(0, bytes.length - 1) }, (_, index) => index + 1);
    case "characters":
      return insideCharacters(bytes);
    case "escapes":
      return insideEscapes(bytes, random);
    case "any":
      return anywhere(bytes, random);
  }
}

/** Before every continuation byte of UTF-8. */
function insideCharacters(bytes: Uint8Array): number[] {
  const cuts: number[] = [];
  for (let offset = 1; offset < bytes.length; offset++) {
    if (((bytes[offset] ?? 0) & 0xc0) === 0x80) cuts.push(offset);
  }
  return cuts;
}

/** After every ESC, and again within what follows it. */
function insideEscapes(bytes: Uint8Array, random: Random): number[] {
  const cuts: number[] = [];
  for (let offset = 0; offset + 1 < bytes.length; offset++) {
    if (bytes[offset] !== ESC) continue;
    cuts.push(offset + 1);
    const length = parameterLength(bytes, offset + 1);
    if (length > 1) cuts.push(offset + 2 + Math.floor(random() * (length - 1)));
  }
  return [...new Set(cuts)].filter((cut) => cut < bytes.length).sort((one, other) => one - other);
}

/** Bytes of `[`, parameters and final byte that follow an ESC; for another sequence, its certain part. */
function parameterLength(bytes: Uint8Array, start: number): number {
  if (bytes[start] !== 0x5b) return 1;
  let end = start + 1;
  while (end < bytes.length && (bytes[end] ?? 0) >= 0x20 && (bytes[end] ?? 0) < 0x40) end++;
  return end - start + 1;
}

/** Pieces of all lengths that terminals deliver: single bytes, a few, lines, whole buffers; plus the worst places. */
function anywhere(bytes: Uint8Array, random: Random): number[] {
  const cuts = new Set<number>();
  const worst = [...insideCharacters(bytes), ...insideEscapes(bytes, random)];
  for (const cut of worst) if (random() < 0.3) cuts.add(cut);
  let offset = 0;
  while (offset < bytes.length) {
    const longest = LONGEST[Math.floor(random() * LONGEST.length)] ?? 1;
    // Some runs keep their kind, as bursts do.
    for (let left = 1 + Math.floor(random() * 8); left > 0 && offset < bytes.length; left--) {
      offset += 1 + Math.floor(random() * longest);
      if (offset < bytes.length) cuts.add(offset);
    }
  }
  return [...cuts].sort((one, other) => one - other);
}

const LONGEST = [1, 1, 4, 32, 256, 4_096, 65_536];
