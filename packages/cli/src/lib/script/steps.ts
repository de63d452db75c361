import type { TerminalSize } from "@cassette/format";

/** What the screen must show, or how long it must be settled. */
export type Condition =
  | {
      kind: "text";
      /** The whole screen, rows joined by newlines, or any one row. */
      scope: "screen" | "line";
      pattern: string | RegExp;
      timeoutMs: number;
    }
  | {
      kind: "settled";
      /** No output for this long. */
      settledMs: number;
      timeoutMs: number;
    };

/** One action of a script. */
export type Action =
  | { kind: "wait"; condition: Condition }
  | { kind: "expect"; condition: Condition & { kind: "text" } }
  | { kind: "type"; text: string }
  /** Types the value of an environment variable, which is withheld from the evidence. */
  | { kind: "secret"; variable: string }
  | { kind: "press"; keys: string[] }
  | { kind: "paste"; text: string }
  | { kind: "resize"; size: TerminalSize }
  | { kind: "sleep"; ms: number }
  | { kind: "mark"; label: string }
  | { kind: "signal"; name: string }
  | { kind: "hangup" };

/** An action and its place in the file, both counted from 1. */
export interface Step {
  action: Action;
  number: number;
  line: number;
}

/** The default limit of a wait. */
export const DEFAULT_WAIT_MS = 15_000;
