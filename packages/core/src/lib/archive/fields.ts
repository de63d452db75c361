/** A field of 16 bits, little-endian. */
export function uint16(bytes: Uint8Array, at: number): number {
  return viewOf(bytes).getUint16(at, true);
}

/** A field of 32 bits, little-endian. */
export function uint32(bytes: Uint8Array, at: number): number {
  return viewOf(bytes).getUint32(at, true);
}

/** A field of 64 bits, little-endian; a value that no file can have becomes infinite. */
export function uint64(bytes: Uint8Array, at: number): number {
  const value = viewOf(bytes).getBigUint64(at, true);
  return value > BigInt(Number.MAX_SAFE_INTEGER) ? Number.POSITIVE_INFINITY : Number(value);
}

function viewOf({ buffer, byteOffset, byteLength }: Uint8Array): DataView {
  return new DataView(buffer, byteOffset, byteLength);
}
