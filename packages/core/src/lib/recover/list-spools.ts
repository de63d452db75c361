import { lstat, readdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { isProvenDead } from "../lock/process-owner.js";
import type { FileSystem } from "../spool/file-system.js";
import { nodeFileSystem } from "../spool/file-system.js";
import { isEmptySpool, spoolPaths, targetOfSpool } from "../spool/spool.js";
import { checkSpoolDirectories, readSpoolNote, recoverFailed, removeOnlySpool } from "./check-spool.js";
import { listFolders } from "./list-folders.js";

/** A spool in a folder. */
export interface SpoolInfo {
  path: string;
  /** Path of its cassette. */
  target: string;
  /** Bytes in all of its files. */
  bytes: number;
  /** Time of the last write, in milliseconds since the epoch. */
  modified: number;
  /**
   * "recording": its process may be alive. "left": it can be recovered. "copy": an interrupted scrub or recovery was making it from
   * something else. "empty": it has no contents. "unknown": it has no readable note.
   */
  state: "recording" | "left" | "copy" | "empty" | "unknown";
}

/**
 * Lists the spools in a folder, by name: recordings in progress and interrupted ones. Nothing is changed.
 * @returns an empty list for a folder that does not exist.
 * @throws CassetteError CASSETTE_READ_FAILED.
 */
export async function listSpools(folder: string): Promise<SpoolInfo[]> {
  const spools: SpoolInfo[] = [];
  for (const name of await listFolders(resolve(folder))) {
    const info = await describeSpool(join(resolve(folder), name));
    if (info) spools.push(info);
  }
  return spools;
}

/** Describes one spool; null for a directory that is not named like one. */
export async function describeSpool(path: string): Promise<SpoolInfo | null> {
  const target = targetOfSpool(path);
  if (target === null) return null;
  return { path, target, ...(await measure(path)), state: await stateOf(path) };
}

/**
 * Removes a spool and the recording in it.
 * @throws CassetteError CASSETTE_RECOVER_FAILED unless it is a spool whose process is dead, and nothing else;
 * CASSETTE_WRITE_FAILED.
 */
export function discardSpool(path: string, options: { evenIfOwned?: boolean } = {}): Promise<void> {
  return discardSpoolOn(nodeFileSystem, resolve(path), options);
}

async function discardSpoolOn(
  fs: FileSystem,
  path: string,
  { evenIfOwned = false }: { evenIfOwned?: boolean },
): Promise<void> {
  const info = await describeSpool(path);
  const stats = await lstat(path).catch(() => null);
  if (info === null || !stats?.isDirectory() || info.state === "unknown")
    throw recoverFailed(path, "This is not a spool.");
  if (info.state === "recording" && !evenIfOwned)
    throw recoverFailed(path, "The recording may still be in progress.");
  await removeOnlySpool(fs, spoolPaths(path));
}

async function stateOf(path: string): Promise<SpoolInfo["state"]> {
  if (await isEmptySpool(path)) return "empty";
  try {
    const paths = spoolPaths(path);
    await checkSpoolDirectories(paths);
    const { owner, source } = await readSpoolNote(paths);
    if (owner !== null && !isProvenDead(owner)) return "recording";
    return source === null ? "left" : "copy";
  } catch {
    return "unknown";
  }
}

/** Follows no link: in a hostile spool it may be circular, or lead through the whole disk. */
async function measure(path: string): Promise<Pick<SpoolInfo, "bytes" | "modified">> {
  const waiting = [path];
  let bytes = 0;
  let modified = 0;
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const entry = next;
    const stats = await lstat(entry).catch(() => null);
    if (stats?.isFile()) bytes += stats.size;
    modified = Math.max(modified, stats?.mtimeMs ?? 0);
    if (!stats?.isDirectory()) continue;
    for (const name of await readdir(entry).catch(() => [])) waiting.push(join(entry, name));
  }
  return { bytes, modified };
}
