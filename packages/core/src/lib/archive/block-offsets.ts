import type { Entry } from "./entries.js";
import { BLOCK_BYTES } from "./zip-records.js";

/** Bytes of the longest list of places that is read. */
export const MAX_OFFSETS_BYTES = 1024 * 1024;

/** By the name of a file: where in its compressed data each block begins. */
export type BlockOffsets = ReadonlyMap<string, readonly number[]>;

/** Encodes the places at which reading can start. */
export function encodeBlockOffsets(offsets: BlockOffsets): string {
  return `${JSON.stringify({ version: 1, block_bytes: BLOCK_BYTES, files: Object.fromEntries(offsets) })}\n`;
}

/** Parses them; null if they are not understood: files are then read from their beginning. */
export function parseBlockOffsets(text: string): BlockOffsets | null {
  let value: { version?: unknown; block_bytes?: unknown; files?: unknown } | null;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (value?.version !== 1 || value.block_bytes !== BLOCK_BYTES) return null;
  if (typeof value.files !== "object" || value.files === null) return null;
  const files = Object.entries(value.files).filter((file): file is [string, number[]] => isOffsets(file[1]));
  return new Map(files);
}

/** Whether there is a place for each block of an entry, each inside its data. */
export function fitsEntry(offsets: readonly number[], { bytes, compressedBytes }: Entry): boolean {
  return offsets.length === Math.ceil(bytes / BLOCK_BYTES) && (offsets.at(-1) ?? 0) < compressedBytes;
}

function isOffsets(value: unknown): boolean {
  if (!Array.isArray(value) || value[0] !== 0) return false;
  return value.every((at, n) => Number.isSafeInteger(at) && (n === 0 || at > value[n - 1]));
}
