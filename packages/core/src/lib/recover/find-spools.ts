import { readdir } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { spoolPrefix } from "../recorder/spool.js";

/**
 * Paths of the spools that recordings of `target` left behind, in the order of their names. A recording in progress has one too.
 */
export async function findSpools(target: string): Promise<string[]> {
  const parent = dirname(resolve(target));
  const prefix = spoolPrefix(target);
  const entries = await readdir(parent, { withFileTypes: true }).catch(() => []);
  const spools = entries.filter((entry) => entry.isDirectory() && entry.name.startsWith(prefix));
  return spools.map(({ name }) => join(parent, name)).sort();
}
