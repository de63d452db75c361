import { encodeKey } from "@cassette/format/session";

/** Few programs use it, and every keyboard has it. */
export const DEFAULT_MARK_KEY = "Ctrl+\\";

/**
 * The sequences by which a terminal sends a key: the classic one and, for a letter with Ctrl, that of kitty's keyboard.
 * @throws CassetteError CASSETTE_KEY_UNKNOWN.
 */
export function markSequences(key: string): string[] {
  const classic = Buffer.from(encodeKey(key).bytes).toString("latin1");
  const code = classic.charCodeAt(0);
  if (classic.length !== 1 || code >= 0x20) return [classic];
  return [
    classic,
    `\x1b[${String.fromCharCode(code + 0x40)
      .toLowerCase()
      .charCodeAt(0)};5u`,
  ];
}
