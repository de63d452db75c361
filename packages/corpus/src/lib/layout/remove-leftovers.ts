import { readdir, rm } from "node:fs/promises";
import { basename, join } from "node:path";
import { isCassetteError } from "@cassette/format";
import { listParts, STAGING } from "./layout.js";
import { lockShard, shardOfName } from "./shard.js";

/**
 * Removes what killed runs left: of the given shard, whose lock the caller holds, and of every other that no process writes.
 * @param own the name of the shard.
 */
export async function removeLeftovers(dir: string, own: string): Promise<void> {
  const shards = new Set((await leftovers(dir)).map((path) => shardOfName(basename(path))));
  for (const shard of shards) {
    if (shard === null) continue;
    if (shard === own) await removeOf(dir, shard);
    else await removeOther(dir, shard);
  }
}

async function removeOther(dir: string, shard: string): Promise<void> {
  try {
    await using _lock = await lockShard(dir, shard);
    await removeOf(dir, shard);
  } catch (error) {
    if (!isCassetteError(error, "CASSETTE_LOCKED")) throw error;
  }
}

/** Looks again: before the lock was taken, its holder may have committed what was left. */
async function removeOf(dir: string, shard: string): Promise<void> {
  for (const path of await leftovers(dir))
    if (shardOfName(basename(path)) === shard) await rm(path, { recursive: true, force: true });
}

async function leftovers(dir: string): Promise<string[]> {
  const { orphans } = await listParts(dir);
  const staged = await readdir(join(dir, STAGING)).catch(() => []);
  return [...orphans, ...staged.map((name) => join(dir, STAGING, name))];
}
