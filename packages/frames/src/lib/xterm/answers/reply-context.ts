import type { TerminalSize } from "@cassette/format";
import type { HiddenState } from "../hidden-state.js";
import type { Terminal } from "../library.js";

/** The state that a reply may depend on. */
export interface ReplyContext {
  terminal: Terminal;
  hidden: HiddenState;
  size: () => TerminalSize;
  reply: (text: string) => void;
  /** Whether an answer may read so many cells. */
  allow: (cells: number) => boolean;
  /** The end of the query being answered: BEL or ST. */
  terminator: () => string;
}

/** Parameters of a control sequence; those with subparameters are followed by a list. */
export type Parameters = (number | number[])[];

export const DCS = "\x1bP";
export const ST = "\x1b\\";
export const BEL = "\x07";
