import type { TerminalSize } from "@cassette/format";
import type { Changes } from "./changes.js";
import type { ControlSequence } from "./sequences.js";
import type { TextAttributes } from "./text-attributes.js";

/** The state that effects change. */
export interface TerminalState {
  changes: Changes;
  pen: TextAttributes;
  /** Private modes that were saved, and whether they were changed then. */
  saved: Map<number, boolean>;
  /** The terminal's size. */
  size: () => TerminalSize;
}

/** The lasting effect of a control sequence. */
export type Effect = (state: TerminalState, params: string, sequence: ControlSequence) => void;

/** A setting that is either at its initial value or changed. */
export const toggle =
  (what: string, undo: string, isChanged: boolean | ((params: string) => boolean)): Effect =>
  ({ changes }, params, { text }) => {
    if (isChanged === true || (isChanged !== false && isChanged(params))) changes.change(what, undo, text);
    else changes.settle(what);
  };

/** The numbers of a control sequence; an omitted one is 0. */
export function numbersIn(params: string): number[] {
  return params.split(";").map((part) => (part === "" ? 0 : Number.parseInt(part, 10)));
}
