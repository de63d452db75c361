import * as nodeModule from "node:module";
import { homedir } from "node:os";
import { join } from "node:path";

/**
 * Lets Node keep compiled code between runs, where it can (from 22.1). In the user's own cache, not in Node's default under the
 * shared temporary directory: Node executes its contents.
 */
export function enableCompileCache(env: NodeJS.ProcessEnv): void {
  const enable = (nodeModule as { enableCompileCache?: (directory: string) => unknown }).enableCompileCache;
  enable?.(join(env.XDG_CACHE_HOME || join(homedir(), ".cache"), "cassette", "compiled"));
}
