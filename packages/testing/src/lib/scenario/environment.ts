import { mkdir, rmdir } from "node:fs/promises";
import { resolve } from "node:path";
import type { ScenarioEnvironment } from "./scenario.js";

/** An environment for code that is run beside a recording. */
export interface PreparedEnvironment {
  env: Record<string, string>;
  /** Removes the directories that were made, where they are empty again. */
  dispose(): Promise<void>;
}

/** Scenarios that use a directory now: those that run beside one another may share it. */
const users = new Map<string, number>();

/**
 * Makes the directories of a scenario's environment and gathers its variables.
 * @param from directory that relative paths start from
 * @param outer the caller's environment
 */
export async function prepareEnvironment(
  { home, config_root, allowlist = [], variables = {} }: ScenarioEnvironment,
  from: string,
  outer: Readonly<Record<string, string | undefined>>,
): Promise<PreparedEnvironment> {
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
    made.push(...(await makeDirectory(env[name])));
  }
  return { env, dispose: () => release(made) };
}

/** @returns the directories that were not there before, outermost first. */
async function makeDirectory(path: string): Promise<string[]> {
  const first = await mkdir(path, { recursive: true });
  const made: string[] = [];
  for (
    let folder = path;
    first !== undefined && folder.length >= first.length;
    folder = resolve(folder, "..")
  )
    made.unshift(folder);
  // One that another scenario made is used by this one too.
  const used = made.length > 0 || !users.has(path) ? made : [path];
  for (const folder of used) users.set(folder, (users.get(folder) ?? 0) + 1);
  return used;
}

async function release(folders: readonly string[]): Promise<void> {
  for (const folder of [...folders].reverse()) {
    const left = (users.get(folder) ?? 1) - 1;
    if (left > 0) users.set(folder, left);
    else {
      users.delete(folder);
      // Not empty: what was put there is the caller's.
      await rmdir(folder).catch(() => undefined);
    }
  }
}
