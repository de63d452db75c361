import type { Evidence } from "../evidence/evidence.js";

/** Why an assertion does not hold. */
export interface Mismatch {
  expected: string;
  found: string;
  /** The relevant time. */
  t_ms: number;
  /** The whole screen that was expected, as text, where one was. */
  expectedScreen?: string;
}

/** Checks one assertion. Returns null if it holds. */
export type Check<A> = (assertion: A, evidence: Evidence) => Mismatch | null | Promise<Mismatch | null>;

/** A text from a recording, quoted and shortened for a sentence. */
export function quote(text: string): string {
  return JSON.stringify(cut(text));
}

/** A value from a recording, shortened likewise. */
export function showJson(value: unknown): string {
  return cut(JSON.stringify(value) ?? "nothing");
}

function cut(text: string): string {
  return text.length > 120 ? `${text.slice(0, 120)}…` : text;
}
