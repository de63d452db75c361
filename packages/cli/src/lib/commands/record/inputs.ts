import { openUserTerminal, type UserTerminal } from "../../recording/attached-terminal.js";
import { DEFAULT_MARK_KEY, markSequences } from "../../recording/mark-key.js";
import { openStandardInput, type StandardInput } from "../../recording/standard-input/open-standard-input.js";
import type { RecordOptions } from "./record-options.js";

/** Where a program's input comes from besides a script: at most one of these. */
export interface Inputs {
  userTerminal?: UserTerminal;
  /** Standard input as data for the program. */
  data?: StandardInput;
}

/**
 * Opens the user's terminal or standard input, unless a script types or the options exclude both.
 * @throws CassetteError CASSETTE_USAGE for a key that cannot make a mark.
 */
export function openInputs({ script, headless, markKey }: RecordOptions): Inputs {
  const markKeys = markSequencesOf(markKey);
  if (headless || script !== undefined) return {};
  if (!process.stdin.isTTY) return { data: openStandardInput() };
  return process.stdout.isTTY ? { userTerminal: openUserTerminal(markKeys) } : {};
}

function markSequencesOf(key = DEFAULT_MARK_KEY): string[] {
  return key === "none" ? [] : markSequences(key);
}
