import type { TerminalSize } from "@cassette/format";
import type { WaitScope } from "../terminal/terminal.js";

/** What a script waits for. */
export type WaitFor =
  | { kind: "text"; in: WaitScope; pattern: string | RegExp; timeoutMs?: number }
  /** No output for so many milliseconds. */
  | { kind: "settled"; settledMs: number; timeoutMs?: number };

/** One action of a script. */
export type Action =
  | { kind: "wait"; for: WaitFor }
  | { kind: "expect"; for: WaitFor & { kind: "text" } }
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
