import type { InputRecord } from "@cassette/format";

/** Something that was done to the program. */
export interface InputStep {
  /** Which one, from 1. */
  number: number;
  seq: number;
  t_ms: number;
  /** What was done, in words; bytes as JSON text. */
  what: string;
}

/**
 * What an input amounts to, so that pieces can be put together: equal when the same was typed, however it was cut. Null
 * for the terminal's own replies.
 */
export function inputTrace({ kind, bytes, key, size, signal, withheld, answer }: InputRecord): string | null {
  if (answer) return null;
  if (withheld) return "\u0000withheld\u0000";
  if (size) return `\u0000${kind} ${size.Cols}x${size.Rows}\u0000`;
  if (signal) return `\u0000${kind} ${signal}\u0000`;
  // One character a byte.
  return bytes ? Buffer.from(bytes).toString("latin1") : `\u0000${key ?? kind}\u0000`;
}

/** An input in a few words; bytes as JSON text. */
export function inputWords({ kind, bytes, key, size, signal, withheld }: InputRecord): string {
  if (withheld) return "withheld";
  if (size) return `${kind} ${size.Cols}x${size.Rows}`;
  if (signal) return `${kind} ${signal}`;
  return key ?? JSON.stringify(Buffer.from(bytes ?? []).toString("utf8"));
}
