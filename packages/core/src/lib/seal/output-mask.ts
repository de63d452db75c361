import { applyMask, type StreamMask } from "@cassette/format";

/** Masks of several scans, each applied after the ones before it. */
export interface OutputMask {
  /** All of them, in order. */
  readonly masks: readonly StreamMask[];
  add(mask: StreamMask): void;
  /** The masked bytes; the same object if nothing is masked. */
  apply(bytes: Uint8Array, offset: number): Uint8Array;
}

/** Makes a mask of those that are known. */
export function createOutputMask(known: readonly StreamMask[] = []): OutputMask {
  const masks = [...known];
  return {
    masks,
    add: (mask) => void masks.push(mask),
    apply: (bytes, offset) => masks.reduce((piece, mask) => applyMask(mask, piece, offset), bytes),
  };
}
