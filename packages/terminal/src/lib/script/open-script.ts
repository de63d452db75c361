import { readFile, realpath } from "node:fs/promises";
import { dirname, resolve, sep } from "node:path";
import { CassetteError, isCassetteError } from "@cassette/format";
import { checkSignal, encodeKey } from "@cassette/format/session";
import type { InputSource } from "../recording/options.js";
import { parseScript } from "./parse-script.js";
import { type ParsedTape, parseTape, type TapeLoss } from "./parse-tape.js";
import { type IncludedScript, runScript } from "./run-script.js";
import type { ParsedScript, Step } from "./steps.js";

/** A script that can be run, on any terminal, any number of times. */
export interface Script extends InputSource {
  file: string;
  /** Names of the variables that its steps name as secret. */
  secretNames: string[];
  /** What of a tape is left out. */
  losses: TapeLoss[];
}

type Env = Readonly<Record<string, string | undefined>>;

/** Deepest nesting of included scripts; a deeper one is a mistake. */
const DEEPEST = 8;

/**
 * Reads a script and the scripts that it includes, and checks its keys, signals and variables, so that errors are reported
 * before the program is started.
 * @param env where the values of its `secret:` steps come from.
 * @throws CassetteError CASSETTE_USAGE if it cannot be read; CASSETTE_SCRIPT_INVALID, with file and line.
 */
export async function openScript(file: string, env: Env = process.env): Promise<Script> {
  const parsed = await parseFile(file);
  const secrets = new Map<string, string>();
  const opening: Opening = { root: await realpath(dirname(file)), env, secrets };
  const included = await openIncluded(parsed, file, opening, [await realpath(file)]);
  const { steps, size, env: variables, atEnd } = parsed;
  return {
    file,
    secretNames: [...secrets.keys()],
    losses: parsed.losses,
    size,
    env: variables,
    atEnd,
    run: (terminal, signal) => runScript(steps, terminal, { file, secrets, included, signal }),
  };
}

/** A script that is being opened. */
interface Opening {
  /** The folder that no included script may leave. */
  root: string;
  env: Env;
  /** Filled with what the steps name. */
  secrets: Map<string, string>;
}

/** Checks all steps of a script, and opens the scripts that they include. @param chain the files on the way to it. */
async function openIncluded(
  { steps }: Pick<ParsedScript, "steps">,
  file: string,
  opening: Opening,
  chain: readonly string[],
): Promise<Map<string, IncludedScript>> {
  const included = new Map<string, IncludedScript>();
  for (const step of flat(steps)) {
    const { action, number, line } = step;
    try {
      check(step, opening);
      if (action.kind === "include" && !included.has(action.path))
        included.set(action.path, await openOne(action.path, file, opening, chain));
    } catch (error) {
      if (!isCassetteError(error) || error.line !== undefined) throw error;
      throw new CassetteError("CASSETTE_SCRIPT_INVALID", `Step ${number}: ${error.message}`, {
        hint: error.hint,
        file,
        line,
      });
    }
  }
  return included;
}

/** The steps, and the steps that they repeat. */
function flat(steps: readonly Step[]): Step[] {
  return steps.flatMap((step) => (step.action.kind === "repeat" ? flat(step.action.steps) : [step]));
}

async function openOne(
  path: string,
  from: string,
  opening: Opening,
  chain: readonly string[],
): Promise<IncludedScript> {
  const file = resolve(dirname(from), path);
  const real = await realpath(file).catch(() => null);
  if (real === null) throw mistake("there is no such script to include.");
  if (!real.startsWith(opening.root + sep))
    throw mistake("a script includes only scripts in its own folder or below.");
  if (chain.includes(real)) throw mistake("this script is included by itself.");
  if (chain.length > DEEPEST) throw mistake(`scripts are included at most ${DEEPEST} deep.`);
  // Of the file that was checked: a link may lead elsewhere by now.
  const parsed = await parseFile(real, file);
  return { file, steps: parsed.steps, included: await openIncluded(parsed, file, opening, [...chain, real]) };
}

/** A tape or a script, by the file's ending. @param name in errors */
async function parseFile(file: string, name = file): Promise<ParsedTape> {
  const text = await readText(file);
  return file.endsWith(".tape") ? parseTape(text, name) : { ...parseScript(text, name), losses: [] };
}

function check({ action }: Step, { env, secrets }: Opening): void {
  if (action.kind === "press") for (const key of action.keys) encodeKey(key);
  if (action.kind === "signal") checkSignal(action.name);
  if (action.kind === "secret") secrets.set(action.variable, secretOf(action.variable, env));
}

function secretOf(variable: string, env: Env): string {
  const value = env[variable];
  if (value) return value;
  throw mistake(`the environment variable ${variable} is not set.`);
}

function mistake(message: string): CassetteError {
  return new CassetteError("CASSETTE_SCRIPT_INVALID", message);
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    throw new CassetteError("CASSETTE_USAGE", "The script cannot be read.", { file, cause: error });
  }
}
