import type { TerminalSize } from "@cassette/format";
import type { AtEnd } from "../recording/options.js";
import type { WaitScope } from "../terminal/terminal.js";

/** What a script waits for. */
export type WaitFor =
  | { kind: "text"; in: WaitScope; pattern: string | RegExp; timeoutMs?: number }
  /** No output for so many milliseconds. */
  | { kind: "settled"; settledMs: number; timeoutMs?: number }
  | { kind: "ended"; timeoutMs?: number };

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
  | { kind: "hangup" }
  | { kind: "repeat"; times: number; steps: Step[] }
  /** Runs the steps of another script, by its path as it is written. */
  | { kind: "include"; path: string };

/** An action and its place in its file, both counted from 1. */
export interface Step {
  action: Action;
  /** A wait that fails, or a program that has ended, does not matter. */
  isOptional: boolean;
  number: number;
  line: number;
}

/** A script as its file describes it. */
export interface ParsedScript {
  steps: Step[];
  size?: TerminalSize;
  /** Variables for the program, beside those that it inherits. */
  env: Readonly<Record<string, string>>;
  atEnd?: AtEnd;
}
