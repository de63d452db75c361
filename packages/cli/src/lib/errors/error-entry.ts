import type { ExitKind } from "../output/exit-status.js";

/** What the command knows about an error code. */
export interface ErrorEntry {
  /** Decides the exit status. */
  exit: ExitKind;
  /** What happened, in a few words. */
  title: string;
  /** What to do about it; printed where the error itself has no hint. */
  remedy: string;
}
