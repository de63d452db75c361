import type { TerminalSize } from "@cassette/format";
import type { Changes } from "./changes.js";
import type { ControlSequence } from "./sequences.js";
import type { TextAttributes } from "./text-attributes.js";

/** What effects work on. */
export interface TerminalState {
  changes: Changes;
  pen: TextAttributes;
  /** Private modes that were saved, and whether they were changed then. */
  saved: Map<number, boolean>;
  /** The terminal's size. */
  size: () => TerminalSize;
}

/** What a control sequence does that lasts. */
export type Effect = (state: TerminalState, params: string, sequence: ControlSequence) => void;

/** Something that is as a shell finds it, or not. */
export const toggle =
  (what: string, undo: string, isChanged: boolean | ((params: string) => boolean)): Effect =>
  ({ changes }, params, { text }) => {
    if (isChanged === true || (isChanged !== false && isChanged(params))) changes.change(what, undo, text);
    else changes.settle(what);
  };

/** The numbers of a control sequence; one that is left out is 0. */
export function numbersIn(params: string): number[] {
  return params.split(";").map((part) => (part === "" ? 0 : Number.parseInt(part, 10)));
}
