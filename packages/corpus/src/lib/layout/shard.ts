import { createHash } from "node:crypto";
import { join } from "node:path";
import { acquireRecordLock, type RecordLock } from "@cassette/core";
import { CassetteError, isCassetteError } from "@cassette/format";

/** One of `count` parts of all recordings, from 1. */
export interface Shard {
  index: number;
  count: number;
}

/** All recordings. */
export const ALL: Shard = { index: 1, count: 1 };

/** Whether a recording belongs to a shard. Every machine gives the same answer. */
export function isInShard(id: string, { index, count }: Shard): boolean {
  const digest = createHash("sha256").update(id).digest();
  return digest.readUInt32BE(0) % count === index - 1;
}

/** Begins the names of a shard's parts. */
export function shardName({ index, count }: Shard): string {
  return `s${index}of${count}`;
}

/** The shard in the name of a part or of its folder; null for another name. */
export function shardOfName(name: string): string | null {
  return /^(?:part-)?(s\d+of\d+|prune)-/.exec(name)?.[1] ?? null;
}

/**
 * Takes the lock of a shard, so that two runs never write it at once.
 * @throws CassetteError CASSETTE_LOCKED, CASSETTE_WRITE_FAILED.
 */
export async function lockShard(dir: string, shard: string): Promise<RecordLock> {
  try {
    return await acquireRecordLock(join(dir, "_lock"), shard);
  } catch (error) {
    if (!isCassetteError(error, "CASSETTE_LOCKED")) throw error;
    throw new CassetteError("CASSETTE_LOCKED", "Another run writes this shard of the tables.", {
      file: error.file,
      hint: "Wait for it to end. If its process is gone for certain, remove the file.",
    });
  }
}
