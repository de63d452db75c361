import type { Streams } from "../output/report-error.js";

/** What every command receives. */
export interface CommandContext {
  /** The arguments after the program's name, unparsed. */
  argv: readonly string[];
  streams: Streams;
  /** Receives the exit status of the command. */
  finish: (status: number) => void;
}
