/** Joins pieces, because an emulator takes a few large writes faster than many small ones. */
export interface Batch {
  add(piece: Uint8Array): void;
  /** Passes on the bytes added since the last call. */
  draw(endsInBell?: boolean): void;
}

/** Makes a batch for an emulator that takes bytes synchronously. */
export function createBatch(draw: (bytes: Uint8Array, endsInBell?: boolean) => void): Batch {
  let pieces: Uint8Array[] = [];
  return {
    add(piece) {
      if (piece.length > 0) pieces.push(piece);
    },
    draw(endsInBell) {
      const [first, ...others] = pieces;
      if (first === undefined) return;
      pieces = [];
      draw(others.length === 0 ? first : Buffer.concat([first, ...others]), endsInBell);
    },
  };
}
