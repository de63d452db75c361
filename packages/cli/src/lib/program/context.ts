import type { Streams } from "../output/report-error.js";

/** What a command works with. */
export interface CommandContext {
  streams: Streams;
  /** Takes the exit status of the command that ran. */
  finish: (status: number) => void;
}
