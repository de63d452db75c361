import type { PtyExit, Screen, SnapshotOptions } from "@cassette/format";

/** What a wait ends with: "ended" when the program ended before the condition was met. */
export type WaitOutcome = "met" | "timeout" | "ended";

/** What a condition finds when it looks. */
export type Look =
  | "met"
  /** It cannot be met any more. */
  | "ended"
  /** Not yet: another look is due after a change, or after so many milliseconds. */
  | { afterMs: number };

/** What a condition can look at. */
export interface Watched {
  screen(options?: SnapshotOptions): Promise<Screen>;
  /** Rows without what was typed and the kernel echoed. */
  withoutEchoes(rows: readonly string[], cols: number): string[];
  /** For how many milliseconds nothing was printed, and nothing done to the program. */
  readonly quietMs: number;
  /** Something was printed since something was done last. */
  readonly isPrinted: boolean;
  /** Something was ever printed. */
  readonly hasPrinted: boolean;
  /** All of the output was seen. */
  readonly isOver: boolean;
  /** How the program ended; undefined while it runs. */
  readonly exit: PtyExit | undefined;
  /** Tests a pattern in bounded time. */
  matches(pattern: RegExp, texts: readonly string[]): Promise<boolean>;
}

/** Something to wait for. */
export interface Condition {
  /** What is waited for, in words, for errors: `"ready"`, `a line with /ok$/`. */
  name: string;
  look(watched: Watched): Look | Promise<Look>;
}

/** Not met; the next change may meet it, as long as there can be one. */
export function notYet({ isOver }: Watched): Look {
  return isOver ? "ended" : { afterMs: Number.POSITIVE_INFINITY };
}
