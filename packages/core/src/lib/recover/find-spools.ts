import { dirname, join, resolve } from "node:path";
import { targetOfSpool } from "../spool/spool.js";
import { listFolders } from "./list-folders.js";

/**
 * Paths of the spools of a target, sorted by name: of interrupted recordings, and of one in progress.
 * @throws CassetteError CASSETTE_READ_FAILED if the target's folder cannot be read.
 */
export async function findSpools(target: string): Promise<string[]> {
  const path = resolve(target);
  const parent = dirname(path);
  const folders = (await listFolders(parent)).map((name) => join(parent, name));
  return folders.filter((folder) => targetOfSpool(folder) === path);
}
