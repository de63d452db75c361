/** Standard padded base64, in its one canonical spelling. */
export function encodeBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("base64");
}

/**
 * Decodes standard padded base64. CR and LF inside are ignored, as in Go; unpadded, URL-safe and non-canonical
 * forms (which Node accepts) give null.
 */
export function decodeBase64(text: string): Uint8Array | null {
  const compact = /[\r\n]/.test(text) ? text.replace(/[\r\n]+/g, "") : text;
  const decoded = Buffer.from(compact, "base64");
  if (decoded.toString("base64") !== compact) return null;
  return new Uint8Array(decoded.buffer, decoded.byteOffset, decoded.byteLength);
}
