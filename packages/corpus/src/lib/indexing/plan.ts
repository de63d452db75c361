import { lstat } from "node:fs/promises";
import { resolve, sep } from "node:path";
import { findInputs, fingerprintOf, nameOf, readInputFacts } from "../inputs/inputs.js";
import { hiddenPath } from "../layout/hidden-path.js";
import { isInShard, type Shard } from "../layout/shard.js";
import type { KnownRecording, KnownRecordings } from "./known-recordings.js";
import type { Removal } from "./write-removals.js";

/** A recording to index. */
export interface PendingInput {
  path: string;
  date: string | null;
}

/** What a run has to do. */
export interface Plan {
  /** Sorted by date: each part has one date. */
  pending: PendingInput[];
  removals: Removal[];
  /** Recordings whose rows are current. */
  unchanged: number;
}

/**
 * Compares the recordings at some paths with the tables.
 * @throws `signal.reason` when aborted.
 */
export async function planRun(
  paths: readonly string[],
  known: KnownRecordings,
  shard: Shard,
  signal?: AbortSignal,
): Promise<Plan> {
  const seen = new Set<string>();
  const plan: Plan = { pending: [], unchanged: 0, removals: [] };
  for await (const path of findInputs(paths)) {
    signal?.throwIfAborted();
    const name = nameOf(path);
    if (seen.has(name)) continue;
    seen.add(name);
    await planOne(plan, path, known, shard);
  }
  const isOfShard = ({ id }: { id: string }) => isInShard(id, shard);
  for (const row of known.replaced.filter(isOfShard)) plan.removals.push({ row, reason: "changed" });
  for (const row of known.byPath.values()) {
    if (seen.has(row.path) || !isOfShard(row) || !isBelow(row.path, paths)) continue;
    if (await isMissing(row)) plan.removals.push({ row, reason: "missing" });
  }
  const dated = ({ date, path }: PendingInput) => `${date ?? ""} ${path}`;
  plan.pending.sort((a, b) => (dated(a) < dated(b) ? -1 : 1));
  return plan;
}

async function planOne(plan: Plan, path: string, known: KnownRecordings, shard: Shard): Promise<void> {
  const row = known.byPath.get(nameOf(path));
  if (row && (await fingerprintOf(path)) === row.fingerprint) {
    if (isInShard(row.id, shard)) plan.unchanged++;
    return;
  }
  if (row && isInShard(row.id, shard)) plan.removals.push({ row, reason: "changed" });
  const facts = await readInputFacts(path);
  // What cannot be read is reported by the shard that its path gives.
  if (isInShard(facts?.id ?? nameOf(path), shard)) plan.pending.push({ path, date: facts?.date ?? null });
}

/** Whether a path is one of some folders, or in one of them. */
export function isBelow(path: string, folders: readonly string[]): boolean {
  return folders
    .map((folder) => resolve(folder))
    .some((folder) => {
      return path === folder || path.startsWith(folder.endsWith(sep) ? folder : `${folder}${sep}`);
    });
}

/** What a killed `prune` has hidden, the next one makes visible again, or deletes. */
async function isMissing(row: KnownRecording): Promise<boolean> {
  return (await isGone(row.path)) && (await isGone(hiddenPath(row)));
}

async function isGone(path: string): Promise<boolean> {
  const error: unknown = await lstat(path).then(
    () => null,
    (reason) => reason,
  );
  return error !== null && ["ENOENT", "ENOTDIR"].includes((error as NodeJS.ErrnoException).code ?? "");
}
