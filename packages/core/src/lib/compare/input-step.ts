import type { InputRecord } from "@cassette/format";

/** One input to the program. */
export interface InputStep {
  /** Its number, from 1. */
  number: number;
  seq: number;
  t_ms: number;
  /** A description; bytes as JSON text. */
  what: string;
}

/**
 * A canonical form of an input that can be joined: equal when the same was typed, in whatever pieces. Null
 * for the terminal's own replies.
 */
export function inputTrace({ kind, bytes, key, size, signal, withheld, answer }: InputRecord): string | null {
  if (answer) return null;
  if (withheld) return "\u0000withheld\u0000";
  if (size) return `\u0000${kind} ${size.Cols}x${size.Rows}\u0000`;
  if (signal) return `\u0000${kind} ${signal}\u0000`;
  // One character for each byte.
  return bytes ? Buffer.from(bytes).toString("latin1") : `\u0000${key ?? kind}\u0000`;
}

/** A short description of an input; bytes as JSON text. */
export function inputWords({ kind, bytes, key, size, signal, withheld }: InputRecord): string {
  if (withheld) return "withheld";
  if (size) return `${kind} ${size.Cols}x${size.Rows}`;
  if (signal) return `${kind} ${signal}`;
  return key ?? JSON.stringify(Buffer.from(bytes ?? []).toString("utf8"));
}
