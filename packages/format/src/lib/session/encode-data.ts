import type { TerminalModes } from "../pty-port.js";

const TAB = 0x09;
const LINE_FEED = 0x0a;
const DELETE = 0x7f;
const QUOTE = 0x16;
const END_OF_FILE = 0x04;

/** Encodes data so that the program reads it unchanged; unknown modes count as canonical mode, in which terminals start. */
export function encodeData(bytes: Uint8Array, modes: TerminalModes | null): Uint8Array {
  if (modes?.canonical === false || !bytes.some(isActedOn)) return bytes;
  return Uint8Array.from([...bytes].flatMap((byte) => (isActedOn(byte) ? [QUOTE, byte] : [byte])));
}

/** Control characters may be special to the line discipline, which differs by system, or be mapped, as CR is. */
function isActedOn(byte: number): boolean {
  return byte === DELETE || (byte < 0x20 && byte !== TAB && byte !== LINE_FEED);
}

/** The bytes that signal an end of file; none outside of canonical mode. */
export function encodeEndOfFile(
  modes: TerminalModes | null,
  { isMidLine = false }: { isMidLine?: boolean } = {},
): Uint8Array {
  if (modes?.canonical === false) return new Uint8Array();
  return Uint8Array.from(isMidLine ? [END_OF_FILE, END_OF_FILE] : [END_OF_FILE]);
}
