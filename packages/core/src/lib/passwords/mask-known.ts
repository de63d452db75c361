const MASK = 0x2a;

/**
 * Overwrites known secrets in a read of output with as many stars. What lies over the border of two reads is left to sealing.
 * @returns a copy, or the same object if it holds none of them.
 */
export function maskKnown(bytes: Uint8Array, secrets: readonly Uint8Array[]): Uint8Array {
  let masked: Buffer | null = null;
  for (const secret of secrets) {
    const text = masked ?? Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    for (let at = text.indexOf(secret); at !== -1; at = text.indexOf(secret, at + secret.length)) {
      masked ??= Buffer.from(bytes);
      masked.fill(MASK, at, at + secret.length);
    }
  }
  return masked ?? bytes;
}
