import { readFile } from "node:fs/promises";
import { CassetteError, isCassetteError } from "@cassette/format";
import { checkSignal, encodeKey } from "@cassette/format/session";
import type { InputSource } from "../recording/options.js";
import { parseScript } from "./parse-script.js";
import { runScript } from "./run-script.js";
import type { Action } from "./steps.js";

/** A script that can be run, on any terminal, any number of times. */
export interface Script extends InputSource {
  /** Names of the variables that its steps name as secret. */
  secretNames: string[];
}

/**
 * Reads a script and looks its keys, signals and variables up: what is wrong with it shows before a program is started.
 * @param env where the values of its `secret:` steps come from.
 * @throws CassetteError CASSETTE_USAGE if it cannot be read; CASSETTE_SCRIPT_INVALID, with file and line.
 */
export async function openScript(
  file: string,
  env: Readonly<Record<string, string | undefined>> = process.env,
): Promise<Script> {
  const steps = parseScript(await readText(file), file);
  const secrets = new Map<string, string>();
  for (const { action, number, line } of steps) {
    try {
      check(action);
      if (action.kind === "secret") secrets.set(action.variable, secretOf(action.variable, env));
    } catch (error) {
      if (!isCassetteError(error)) throw error;
      throw new CassetteError("CASSETTE_SCRIPT_INVALID", `Step ${number}: ${error.message}`, {
        hint: error.hint,
        file,
        line,
      });
    }
  }
  return {
    file,
    secretNames: [...secrets.keys()],
    run: (terminal, signal) => runScript(steps, terminal, { file, secrets, signal }),
  };
}

function check(action: Action): void {
  if (action.kind === "press") for (const key of action.keys) encodeKey(key);
  if (action.kind === "signal") checkSignal(action.name);
}

function secretOf(variable: string, env: Readonly<Record<string, string | undefined>>): string {
  const value = env[variable];
  if (value) return value;
  throw new CassetteError("CASSETTE_SCRIPT_INVALID", `the environment variable ${variable} is not set.`);
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    throw new CassetteError("CASSETTE_USAGE", "The script cannot be read.", { file, cause: error });
  }
}
