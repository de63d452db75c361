import { randomBytes } from "node:crypto";
import { realpath } from "node:fs/promises";
import { resolve } from "node:path";
import { CassetteError, isCassetteError } from "@cassette/format";
import { type KnownRecording, type KnownRecordings, readKnown } from "../indexing/known-recordings.js";
import type { RefusedInput } from "../indexing/lanes.js";
import { isBelow } from "../indexing/plan.js";
import { writeRemovals } from "../indexing/write-removals.js";
import { checkTables } from "../layout/layout.js";
import { removeLeftovers } from "../layout/remove-leftovers.js";
import { lockShard } from "../layout/shard.js";
import { deleteHidden, hideVerified, unhide } from "./removal.js";
import { type PruneRules, selectForPruning } from "./select.js";

/** Options of {@link pruneRecordings}. */
export interface PruneOptions extends PruneRules {
  /** Folder of the tables. */
  tables: string;
  /** Deletes. Default: false, which only says what would be deleted. */
  isReal?: boolean;
  /** Called for each recording that is deleted, or would be. */
  onPruned?: (row: Pick<KnownRecording, "path" | "output_bytes">) => void;
  /** Called for each recording that stays because it does not verify. */
  onRefused?: (input: RefusedInput) => void;
  signal?: AbortSignal;
  /** Milliseconds since 1970. Default: the system's clock. */
  now?: () => number;
}

/** Recordings that were deleted, or would be; and those that stay because they do not verify. */
export interface PruneOutcome {
  pruned: number;
  refused: number;
}

/** Recordings that are noted together. */
const BATCH = 64;
/** Names the lock and the parts. */
const NAME = "prune";

/**
 * Deletes old recordings below a folder. Each is verified against its row, hidden, noted in `removals` and only then deleted. A killed run
 * is completed by the next one, which makes visible again what was not noted.
 * @throws CassetteError CASSETTE_USAGE for a root that is a link or missing; CASSETTE_TABLES_INVALID, CASSETTE_LOCKED.
 */
export async function pruneRecordings(options: PruneOptions): Promise<PruneOutcome> {
  const { tables: dir, isReal = false, now = Date.now } = options;
  const root = resolve(options.root);
  if ((await realpath(root).catch(() => null)) !== root)
    throw new CassetteError("CASSETTE_USAGE", "The root is not a folder, or there is a link in its path.", {
      file: options.root,
    });
  await checkTables(dir);
  if (!isReal) return dryRun(options, root, now());
  await using _lock = await lockShard(dir, NAME);
  await removeLeftovers(dir, NAME);
  const known = await readKnown(dir);
  await completeLastRun(known, root);
  const selected = selectForPruning(known.byPath.values(), { ...options, root }, now());
  const outcome: PruneOutcome = { pruned: 0, refused: 0 };
  for (let at = 0; at < selected.length && !options.signal?.aborted; at += BATCH)
    await pruneBatch(selected.slice(at, at + BATCH), root, options, outcome);
  return outcome;
}

async function dryRun(options: PruneOptions, root: string, now: number): Promise<PruneOutcome> {
  const { byPath } = await readKnown(options.tables);
  const selected = selectForPruning(byPath.values(), { ...options, root }, now);
  for (const row of selected) options.onPruned?.(row);
  return { pruned: selected.length, refused: 0 };
}

async function completeLastRun({ byPath, pruned }: KnownRecordings, root: string): Promise<void> {
  for (const row of byPath.values()) if (isBelow(row.path, [root])) await unhide(row);
  for (const row of pruned) if (isBelow(row.path, [root])) await deleteHidden(row, root);
}

async function pruneBatch(
  batch: readonly KnownRecording[],
  root: string,
  { tables, now = Date.now, onPruned, onRefused }: PruneOptions,
  outcome: PruneOutcome,
): Promise<void> {
  const hidden: KnownRecording[] = [];
  for (const row of batch) {
    try {
      await hideVerified(row, root);
      hidden.push(row);
    } catch (error) {
      if (!isCassetteError(error)) throw error;
      outcome.refused++;
      onRefused?.({ path: row.path, code: error.code, message: error.message });
    }
  }
  const stem = `${NAME}-${now().toString(36)}${randomBytes(4).toString("hex")}`;
  writeRemovals(
    tables,
    stem,
    hidden.map((row) => ({ row, reason: "pruned" })),
    now(),
  );
  for (const row of hidden) {
    if (await deleteHidden(row, root)) {
      outcome.pruned++;
      onPruned?.(row);
    } else outcome.refused++;
  }
}
