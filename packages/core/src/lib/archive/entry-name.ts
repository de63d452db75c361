const UTF8 = new TextDecoder("utf-8", { fatal: true });
const LONGEST_NAME = 1024;
const UNSAFE = /[\0-\x1f\x7f\\:]/;

/** The bytes of an entry's name. */
export function encodeEntryName(name: string): Uint8Array {
  return new TextEncoder().encode(name);
}

/**
 * An entry's name, if it is one that can only lie inside the folder into which it would be unpacked; otherwise null. One that ends in a slash
 * is a folder.
 */
export function readEntryName(bytes: Uint8Array): string | null {
  if (bytes.length === 0 || bytes.length > LONGEST_NAME) return null;
  let name: string;
  try {
    name = UTF8.decode(bytes);
  } catch {
    return null;
  }
  if (UNSAFE.test(name)) return null;
  const parts = name.replace(/\/$/, "").split("/");
  return parts.every((part) => part !== "" && part !== "." && part !== "..") ? name : null;
}
