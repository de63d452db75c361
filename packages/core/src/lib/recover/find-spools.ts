import { dirname, join, resolve } from "node:path";
import { spoolPrefix } from "../recorder/spool.js";
import { listFolders } from "./list-folders.js";

/**
 * Paths of the spools of a target, in the order of their names: of interrupted recordings, and of one in progress.
 * @throws CassetteError CASSETTE_READ_FAILED if the target's folder cannot be read.
 */
export async function findSpools(target: string): Promise<string[]> {
  const parent = dirname(resolve(target));
  const prefix = spoolPrefix(target);
  const names = (await listFolders(parent)).filter((name) => name.startsWith(prefix));
  return names.map((name) => join(parent, name));
}
