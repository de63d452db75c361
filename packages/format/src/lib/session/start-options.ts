import { MAX_TERMINAL_SIZE } from "../artifacts.js";
import { CassetteError } from "../error.js";
import type { PtyStartOptions, TerminalSize } from "../pty-port.js";

/**
 * Checks the start options of a session, without accessing files.
 * @throws CassetteError `CASSETTE_SIZE_INVALID`; TypeError for an argument of the wrong type.
 */
export function checkStartOptions({ argv, env = {}, cwd, rows, cols, timeoutMs }: PtyStartOptions): void {
  checkArgv(argv);
  if (cwd !== undefined) checkText(cwd, "cwd");
  checkSize({ rows, cols });
  checkTimeout(timeoutMs);
  checkEnv(env);
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

function checkEnv(env: Readonly<Record<string, string | undefined>>): void {
  for (const [name, value] of Object.entries(env)) {
    if (value === undefined) continue;
    if (name === "" || name.includes("="))
      throw new TypeError("A variable's name in env is empty or holds '='.");
    checkText(name, "env");
    checkText(value, "env");
  }
}

/** C would silently end the string at a NUL. */
function checkText(text: unknown, option: string): void {
  if (typeof text !== "string" || text.includes("\0")) {
    throw new TypeError(`${option} must hold strings without NUL characters.`);
  }
}
