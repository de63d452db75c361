import { mkdirSync, rmdirSync } from "node:fs";
import { dirname, resolve } from "node:path";
import type { ScenarioEnvironment } from "./scenario.js";

/** An environment for code that runs beside a recording. */
export interface PreparedEnvironment {
  env: Record<string, string>;
  /** Removes the directories that were made, if they are empty again. */
  dispose(): void;
}

/** Number of scenarios that use a directory: parallel ones may share it. */
const users = new Map<string, number>();

/**
 * Makes the directories of a scenario's environment and gathers its variables.
 * @param from directory that relative paths start from
 * @param outer the caller's environment
 */
export function prepareEnvironment(
  { home, config_root, allowlist = [], variables = {} }: ScenarioEnvironment,
  from: string,
  outer: Readonly<Record<string, string | undefined>>,
): PreparedEnvironment {
  const env: Record<string, string> = {};
  for (const name of allowlist) {
    const value = Object.hasOwn(variables, name) ? variables[name] : outer[name];
    if (value !== undefined) env[name] = value;
  }
  const made: string[] = [];
  for (const [name, path] of [
    ["HOME", home],
    ["XDG_CONFIG_HOME", config_root],
  ] as const) {
    if (path === undefined) continue;
    env[name] = resolve(from, path);
    made.push(...makeDirectory(env[name]));
  }
  return { env, dispose: () => release(made) };
}

/**
 * Makes a directory. Synchronously, as {@link release} removes it: a parallel scenario could otherwise remove what is
 * just being used.
 * @returns the directories that scenarios made on the way to it, outermost first.
 */
function makeDirectory(path: string): string[] {
  const first = mkdirSync(path, { recursive: true });
  const used: string[] = [];
  for (let folder = path; folder !== dirname(folder); folder = dirname(folder)) {
    const isMade = first !== undefined && folder.length >= first.length;
    if (isMade || users.has(folder)) used.unshift(folder);
  }
  for (const folder of used) users.set(folder, (users.get(folder) ?? 0) + 1);
  return used;
}

function release(folders: readonly string[]): void {
  for (const folder of [...folders].reverse()) {
    const left = (users.get(folder) ?? 1) - 1;
    if (left > 0) users.set(folder, left);
    else {
      users.delete(folder);
      removeIfEmpty(folder);
    }
  }
}

function removeIfEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {
    // Not empty: its contents belong to the caller.
  }
}
