import { existsSync } from "node:fs";
import { CassetteError, type FreeMap, type TerminalSize } from "@cassette/format";
import type { FramePolicy } from "@cassette/frames";
import type { WidthPolicy } from "@cassette/terminal/parts";

/** Options of `cassette record`, as the command line gives them. */
export interface RecordOptions {
  script?: string;
  /** Path of a file that receives a script of what was recorded. */
  saveScript?: string;
  /** The program does not inherit the variables that the script's `secret:` steps name. */
  unsetSecrets?: boolean;
  windowSize?: TerminalSize;
  widths?: WidthPolicy;
  /** Do not use the terminal or standard input. */
  headless?: boolean;
  /** The key that makes a mark; "none" for none. */
  markKey?: string;
  /** TERM of the program. */
  term?: string;
  timeout?: number;
  /** Seconds to which a player shortens pauses. */
  idleTimeLimit?: number;
  title?: string;
  env?: string[];
  /** Milliseconds. */
  resolution?: number;
  frames?: FramePolicy;
  /** Path of a file with facts. */
  manifest?: string;
  /** Path or descriptor of JSON lines. */
  serviceEvents?: string;
  account?: string;
  lockRoot?: string;
  overwrite?: boolean;
  return?: boolean;
  /** False seals without scrubbing. */
  scrub?: boolean;
  /** Path of a rules file. */
  rules?: string;
  quiet?: boolean;
}

/** Refuses what would fail only after the program has run. @throws CassetteError CASSETTE_USAGE, CASSETTE_TARGET_EXISTS. */
export function checkOptions({ env = [], saveScript, account }: RecordOptions): void {
  checkNames(env);
  if (saveScript !== undefined) refuseExisting(saveScript);
  if (account !== undefined && account.length < 2)
    throw new CassetteError("CASSETTE_USAGE", "An account's name has two characters or more.");
}

/** Whether a variable can have this name. */
export function isVariableName(name: string): boolean {
  return /^[^=]+$/.test(name);
}

/** Names go into the manifest unchanged. The error must not repeat a value given as NAME=VALUE. */
function checkNames(names: readonly string[]): void {
  if (names.every(isVariableName)) return;
  throw new CassetteError("CASSETTE_USAGE", "--env takes the name of a variable, without a value.", {
    hint: "The program inherits the variables of the command: NAME=VALUE cassette record --env NAME …",
  });
}

function refuseExisting(file: string): void {
  if (!existsSync(file)) return;
  throw new CassetteError("CASSETTE_TARGET_EXISTS", "The file for the script exists.", {
    file,
    hint: "Choose another name; a script that may have been edited is not replaced.",
  });
}

/** What goes into `manifest.optional.cassette`. */
export function playerFacts({ title, idleTimeLimit }: RecordOptions): FreeMap {
  return {
    ...(title !== undefined && { title }),
    ...(idleTimeLimit !== undefined && { idle_time_limit_s: idleTimeLimit }),
  };
}
