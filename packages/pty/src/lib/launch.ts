import { accessSync, closeSync, constants, openSync, readSync, statSync } from "node:fs";
import { delimiter, resolve } from "node:path";
import { CassetteError, MAX_TERMINAL_SIZE, type PtyStartOptions, type TerminalSize } from "@cassette/format";

/** A start that has been found possible. */
export interface Launch extends TerminalSize {
  argv: readonly [string, ...string[]];
  /** Absolute. */
  cwd: string;
  env: Record<string, string>;
}

/** Where `execvp` looks when there is no PATH. */
const DEFAULT_PATH = "/bin:/usr/bin";

/**
 * Finds out whether the program can be started, so that a failure is an error and not the exit of a child.
 * @throws CassetteError of the codes for program, directory and size; TypeError for what is no argument at all.
 */
export function checkLaunch(options: PtyStartOptions): Launch {
  const launch = checkArguments(options);
  checkDirectory(launch.cwd);
  checkProgram(launch.argv[0], launch.cwd, launch.env.PATH ?? DEFAULT_PATH);
  return launch;
}

/**
 * The part of {@link checkLaunch} that does not look at the file system.
 * @throws CassetteError `CASSETTE_SIZE_INVALID`; TypeError
 */
export function checkArguments(options: PtyStartOptions): Launch {
  const { argv, rows, cols, cwd = process.cwd(), timeoutMs } = options;
  checkArgv(argv);
  checkText(cwd, "cwd");
  checkSize({ rows, cols });
  checkTimeout(timeoutMs);
  return { argv, cwd: resolve(cwd), env: checkEnv(options.env ?? inheritedEnv()), rows, cols };
}

function checkArgv(argv: readonly unknown[]): void {
  if (!Array.isArray(argv) || argv.length === 0 || argv[0] === "") {
    throw new TypeError("argv must hold the program's name.");
  }
  for (const word of argv) checkText(word, "argv");
}

/** Longer ones overflow Node's timers, which then fire at once. */
function checkTimeout(timeoutMs: number | undefined): void {
  if (timeoutMs === undefined || (timeoutMs > 0 && timeoutMs < 2 ** 31)) return;
  throw new TypeError("timeoutMs must be above 0 and below 2^31.");
}

/** @throws CassetteError `CASSETTE_SIZE_INVALID` */
export function checkSize({ rows, cols }: TerminalSize): void {
  for (const [name, value] of [
    ["rows", rows],
    ["cols", cols],
  ] as const) {
    if (Number.isInteger(value) && value >= 1 && value <= MAX_TERMINAL_SIZE) continue;
    throw new CassetteError(
      "CASSETTE_SIZE_INVALID",
      `The terminal's ${name} must be a whole number from 1 to ${MAX_TERMINAL_SIZE}.`,
      { actual: typeof value === "number" ? value : String(value) },
    );
  }
}

/** Programs trust LINES and COLUMNS more than the terminal; the caller's are those of another one. */
function inheritedEnv(): NodeJS.ProcessEnv {
  const { LINES: _lines, COLUMNS: _columns, ...rest } = process.env;
  return rest;
}

function checkEnv(env: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const checked: Record<string, string> = {};
  for (const [name, value] of Object.entries(env)) {
    if (value === undefined) continue;
    if (name === "" || name.includes("="))
      throw new TypeError("A variable's name in env is empty or holds '='.");
    checkText(name, "env");
    checkText(value, "env");
    checked[name] = value;
  }
  return checked;
}

/** C would silently end the string at a NUL. */
function checkText(text: unknown, option: string): void {
  if (typeof text !== "string" || text.includes("\0")) {
    throw new TypeError(`${option} must hold strings without NUL characters.`);
  }
}

function checkDirectory(cwd: string): void {
  if (kindOf(cwd) === "directory" && may(cwd, constants.X_OK)) return;
  throw new CassetteError(
    "CASSETTE_CWD_INVALID",
    "The working directory does not exist or cannot be entered.",
    { file: cwd },
  );
}

function checkProgram(name: string, cwd: string, searchPath: string): void {
  const named = name.includes("/");
  const candidates = named
    ? [resolve(cwd, name)]
    : searchPath.split(delimiter).map((folder) => resolve(cwd, folder, name));
  const present = candidates.filter(
    (path) => kindOf(path) === "file" || (named && kindOf(path) === "directory"),
  );
  const runnable = present.find((path) => kindOf(path) === "file" && may(path, constants.X_OK));
  if (runnable !== undefined) {
    checkInterpreter(runnable, cwd);
    return;
  }
  const [file] = present;
  if (file !== undefined) {
    throw new CassetteError("CASSETTE_PROGRAM_NOT_EXECUTABLE", "The program's file may not be executed.", {
      file,
    });
  }
  throw new CassetteError("CASSETTE_PROGRAM_NOT_FOUND", "There is no such program.", {
    file: name,
    hint: named ? "Check the path; it starts at the working directory." : "Check the name and PATH.",
  });
}

/** A script whose interpreter is missing fails as if it were missing itself. */
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
