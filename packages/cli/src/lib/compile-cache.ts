import * as nodeModule from "node:module";
import { homedir } from "node:os";
import { join } from "node:path";

/** Node's own cache of compiled code, from 22.1 on. */
const { enableCompileCache: enableOwn } = nodeModule as {
  enableCompileCache?: (directory: string) => unknown;
};

/** Whether Node keeps compiled code itself. */
export const hasCompileCache = enableOwn !== undefined;

/** Lets Node keep compiled code between runs, where it can. */
export function enableCompileCache(env: NodeJS.ProcessEnv): void {
  enableOwn?.(compiledCode(env));
}

/**
 * The folder for compiled code: in the user's own cache, not in Node's default under the shared temporary directory, for Node
 * executes what is there.
 */
export function compiledCode(env: NodeJS.ProcessEnv): string {
  return join(env.XDG_CACHE_HOME || join(homedir(), ".cache"), "cassette", "compiled");
}
