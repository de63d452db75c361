import type { Span } from "../engine/hit.js";
import type { SourceHit } from "../stream/lane.js";

/** What was meant by keystrokes: corrections by backspace carried out. */
export interface TypedText {
  readonly bytes: Uint8Array;
  toSource(spans: readonly Span[]): Pick<SourceHit, "spans" | "text">;
}

const BACKSPACE = new Set([0x08, 0x7f]);
const KILL_LINE = 0x15;

/** Carries out the corrections that every line editor knows: backspace and Ctrl+U. */
export function typedText(typed: Uint8Array): TypedText {
  const kept: number[] = [];
  for (const [offset, byte] of typed.entries()) {
    if (BACKSPACE.has(byte)) dropCharacter(kept, typed);
    else if (byte === KILL_LINE) dropLine(kept, typed);
    else kept.push(offset);
  }
  return {
    bytes: Uint8Array.from(kept, (offset) => typed[offset] ?? 0),
    toSource(spans) {
      const offsets = spans.flatMap(([start, end]) => kept.slice(start, end));
      return {
        spans: neighboursJoined(offsets),
        text: String.fromCharCode(...offsets.map((offset) => typed[offset] ?? 0)),
      };
    },
  };
}

function dropCharacter(kept: number[], typed: Uint8Array): void {
  if (isLineEnd(typed[kept.at(-1) ?? -1])) return;
  let byte = typed[kept.pop() ?? -1] ?? 0;
  while (byte >= 0x80 && byte < 0xc0) byte = typed[kept.pop() ?? -1] ?? 0;
}

function dropLine(kept: number[], typed: Uint8Array): void {
  while (kept.length > 0 && !isLineEnd(typed[kept.at(-1) ?? -1])) kept.pop();
}

function isLineEnd(byte: number | undefined): boolean {
  return byte === 0x0a || byte === 0x0d;
}

function neighboursJoined(offsets: readonly number[]): Span[] {
  const spans: [number, number][] = [];
  for (const offset of offsets) {
    const last = spans.at(-1);
    if (last && last[1] === offset) last[1]++;
    else spans.push([offset, offset + 1]);
  }
  return spans;
}
