import { accessSync, closeSync, constants, openSync, readSync, statSync } from "node:fs";
import { delimiter, resolve } from "node:path";
import { CassetteError, type PtyStartOptions, type TerminalSize } from "@cassette/format";
import { checkStartOptions } from "@cassette/format/session";

/** Checked start options. */
export interface Launch extends TerminalSize {
  argv: readonly [string, ...string[]];
  /** Absolute. */
  cwd: string;
  env: Record<string, string>;
}

/** The search path of `execvp` without PATH. */
const DEFAULT_PATH = "/bin:/usr/bin";

/**
 * Checks that the program can be started, so that a failure is an error and not the exit of a child.
 * @throws CassetteError of the codes for program, directory and size; TypeError for an argument of the wrong type.
 */
export function checkLaunch(options: PtyStartOptions): Launch {
  const launch = checkArguments(options);
  checkDirectory(launch.cwd);
  checkProgram(launch.argv[0], launch.cwd, launch.env.PATH ?? DEFAULT_PATH);
  return launch;
}

/**
 * The part of {@link checkLaunch} that does not access the file system.
 * @throws CassetteError `CASSETTE_SIZE_INVALID`; TypeError
 */
export function checkArguments(options: PtyStartOptions): Launch {
  checkStartOptions(options);
  const { argv, rows, cols, cwd = process.cwd(), env = inheritedEnv() } = options;
  return { argv, cwd: resolve(cwd), env: definedIn(env), rows, cols };
}

/**
 * The default environment of a program: that of this process without LINES and COLUMNS, which programs trust
 * more than their terminal, and which describe another terminal.
 */
export function inheritedEnv(): NodeJS.ProcessEnv {
  const { LINES: _lines, COLUMNS: _columns, ...rest } = process.env;
  return rest;
}

function definedIn(env: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const set = Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return Object.fromEntries(set);
}

function checkDirectory(cwd: string): void {
  if (kindOf(cwd) === "directory" && may(cwd, constants.X_OK)) return;
  throw new CassetteError(
    "CASSETTE_CWD_INVALID",
    "The working directory does not exist or cannot be entered.",
    { file: cwd },
  );
}

/** The file that would be started; null if there is none that may be executed. */
export function findProgram({
  argv: [name],
  cwd = process.cwd(),
  env = process.env,
}: Pick<PtyStartOptions, "argv" | "cwd" | "env">): string | null {
  return candidatesFor(name, resolve(cwd), env.PATH ?? DEFAULT_PATH).find(isRunnable) ?? null;
}

function checkProgram(name: string, cwd: string, searchPath: string): void {
  const candidates = candidatesFor(name, cwd, searchPath);
  const runnable = candidates.find(isRunnable);
  if (runnable !== undefined) {
    checkInterpreter(runnable, cwd);
    return;
  }
  const isNamed = name.includes("/");
  const file = candidates.find(
    (path) => kindOf(path) === "file" || (isNamed && kindOf(path) === "directory"),
  );
  if (file !== undefined) {
    throw new CassetteError("CASSETTE_PROGRAM_NOT_EXECUTABLE", "The program's file may not be executed.", {
      file,
    });
  }
  throw new CassetteError("CASSETTE_PROGRAM_NOT_FOUND", "There is no such program.", {
    file: name,
    hint: isNamed
      ? "Check the path; a relative path starts at the working directory."
      : "Check the name and PATH.",
  });
}

function candidatesFor(name: string, cwd: string, searchPath: string): string[] {
  if (name.includes("/")) return [resolve(cwd, name)];
  return searchPath.split(delimiter).map((folder) => resolve(cwd, folder, name));
}

/** Whether the file exists and may be executed. */
export function isRunnable(path: string): boolean {
  return kindOf(path) === "file" && may(path, constants.X_OK);
}

/** A script with a missing interpreter fails with the same error as a missing script. */
function checkInterpreter(script: string, cwd: string): void {
  const interpreter = /^#![ \t]*(\S+)/.exec(readStart(script))?.[1];
  if (interpreter === undefined || kindOf(resolve(cwd, interpreter)) === "file") return;
  throw new CassetteError(
    "CASSETTE_PROGRAM_NOT_FOUND",
    "The interpreter that a script names does not exist.",
    {
      file: script,
      hint: "Check the script's first line.",
    },
  );
}

function readStart(file: string): string {
  try {
    const fd = openSync(file, "r");
    try {
      const start = Buffer.alloc(256);
      return start.toString("latin1", 0, readSync(fd, start));
    } finally {
      closeSync(fd);
    }
  } catch {
    return "";
  }
}

function kindOf(path: string): "file" | "directory" | "none" {
  try {
    const stat = statSync(path);
    return stat.isFile() ? "file" : stat.isDirectory() ? "directory" : "none";
  } catch {
    return "none";
  }
}

function may(path: string, mode: number): boolean {
  try {
    accessSync(path, mode);
    return true;
  } catch {
    return false;
  }
}
