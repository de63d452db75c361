import type { Source } from "./source.js";

/** Reads a source by counts of bytes. */
export interface ByteReader {
  /** The next bytes; fewer at the end. */
  take(count: number): Promise<Uint8Array>;
  /** The next line without its end, and whether it has one; at most so many bytes of it. */
  takeLine(most: number): Promise<string>;
  /** The bytes up to the next line end, not taken. */
  peek(count: number): Promise<Uint8Array>;
}

/** Makes a reader. */
export function createByteReader(source: Pick<Source, "pieces">): ByteReader {
  const pieces = source.pieces()[Symbol.asyncIterator]();
  let parts: Uint8Array[] = [];
  let held = 0;
  let hasEnded = false;

  /** Reads until so many bytes are held, or all. */
  async function fill(count: number): Promise<void> {
    while (held < count && !hasEnded) {
      const next = await pieces.next();
      hasEnded = next.done === true;
      if (next.done) return;
      parts.push(next.value);
      held += next.value.length;
    }
  }

  function whole(): Uint8Array {
    if (parts.length !== 1) parts = [Buffer.concat(parts)];
    return parts[0] as Uint8Array;
  }

  function drop(count: number): Uint8Array {
    const bytes = whole();
    parts = [bytes.subarray(count)];
    held -= Math.min(count, bytes.length);
    return bytes.subarray(0, count);
  }

  async function peek(count: number): Promise<Uint8Array> {
    await fill(count);
    return whole().subarray(0, count);
  }

  return {
    peek,
    async take(count) {
      if (held < count) await fill(count);
      return drop(count);
    },
    async takeLine(most) {
      const bytes = await peek(most);
      const end = bytes.indexOf(0x0a);
      const line = drop(end < 0 ? bytes.length : end + 1);
      return Buffer.from(line)
        .toString("utf8")
        .replace(/\r?\n$/, "");
    },
  };
}
