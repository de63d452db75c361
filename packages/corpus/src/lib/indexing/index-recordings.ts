import { randomBytes } from "node:crypto";
import { createTables } from "../layout/layout.js";
import { removeLeftovers } from "../layout/remove-leftovers.js";
import { ALL, lockShard, type Shard, shardName } from "../layout/shard.js";
import { readKnown } from "./known-recordings.js";
import { type RefusedInput, runLanes } from "./lanes.js";
import { planRun } from "./plan.js";
import { writeRemovals } from "./write-removals.js";

/** Options of {@link indexRecordings}. */
export interface IndexOptions {
  /** Folder of the tables; made if it is missing. */
  tables: string;
  /** Indexes only the recordings of this shard. Default: all. */
  shard?: Shard;
  /** Takes recordings that were not scrubbed, and says so in their row. Default: false, which refuses them. */
  includeUnscrubbed?: boolean;
  /** Called as recordings are done. */
  onProgress?: (done: number, total: number) => void;
  /** Called for each recording that is not indexed. */
  onRefused?: (input: RefusedInput) => void;
  /** Ends the run early. What is indexed by then is kept, and the next run continues. */
  signal?: AbortSignal;
  /** Milliseconds since 1970. Default: the system's clock. */
  now?: () => number;
}

/** What a run did, in recordings. */
export interface IndexOutcome {
  indexed: number;
  unchanged: number;
  refused: number;
  /** Rows that were taken out: their recording has changed or is gone. */
  removed: number;
  /** Whether the signal ended the run early. */
  isAborted: boolean;
}

/**
 * Indexes the recordings at some paths, each a cassette or a folder of them. Only new and changed ones are read. A killed run leaves only
 * complete parts.
 * @throws CassetteError of the tables: CASSETTE_TABLES_INVALID, CASSETTE_USAGE, CASSETTE_LOCKED.
 */
export async function indexRecordings(
  paths: readonly string[],
  options: IndexOptions,
): Promise<IndexOutcome> {
  const { tables: dir, shard = ALL, includeUnscrubbed = false, signal, now = Date.now } = options;
  await createTables(dir);
  const name = shardName(shard);
  await using _lock = await lockShard(dir, name);
  await removeLeftovers(dir, name);
  const plan = await planRun(paths, await readKnown(dir), shard, signal);
  const indexedAt = now();
  const stem = `${name}-${indexedAt.toString(36)}${randomBytes(4).toString("hex")}`;
  writeRemovals(dir, `${stem}-r`, plan.removals, indexedAt);
  const outcome = { indexed: 0, refused: 0, unchanged: plan.unchanged, removed: plan.removals.length };
  const total = plan.pending.length;
  const setup = { dir, stem, indexedAt, includeUnscrubbed };
  await runLanes(
    plan.pending,
    setup,
    ({ indexed, refused }) => {
      outcome.indexed += indexed;
      outcome.refused += refused.length;
      for (const input of refused) options.onRefused?.(input);
      options.onProgress?.(outcome.indexed + outcome.refused, total);
    },
    signal,
  );
  return { ...outcome, isAborted: signal?.aborted === true };
}
