import type { Streams } from "../output/report-error.js";

/** What a command works with. */
export interface CommandContext {
  /** The arguments as they were given. */
  argv: readonly string[];
  streams: Streams;
  /** Takes the exit status of the command that ran. */
  finish: (status: number) => void;
}
