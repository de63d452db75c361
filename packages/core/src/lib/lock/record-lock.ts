import { hash } from "node:crypto";
import { link, mkdir, readFile, rename, unlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { CassetteError } from "@cassette/format";
import { describeThisProcess, isProvenDead, type ProcessOwner, parseOwner } from "./process-owner.js";

/** A held lock. */
export interface RecordLock {
  /** Path of the lock file. */
  readonly path: string;
  /** Releases the lock, if it is still ours. Idempotent. */
  release(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/**
 * Takes the lock of an account, so that no two recordings use it at once, ours or the Go implementation's. Does not wait.
 * The lock of a process that is proven dead on this host is taken over; a lock that names no owner never is.
 * @param root directory that holds the `locks` directory.
 * @param account "" means "default". It does not appear in the lock.
 * @throws CassetteError CASSETTE_LOCKED, CASSETTE_WRITE_FAILED.
 */
export async function acquireRecordLock(root: string, account = ""): Promise<RecordLock> {
  const locks = join(root, "locks");
  const path = join(locks, `${hash("sha256", account || "default", "hex")}.lock`);
  const owner = describeThisProcess();
  const own = `${path}.${owner.nonce}`;
  try {
    await mkdir(locks, { recursive: true, mode: 0o700 });
    // A lock is created atomically, by a link to a finished file: a reader never sees half of one.
    await writeFile(own, `${JSON.stringify(owner)}\n`, { flag: "wx", mode: 0o600 });
    await take(path, own);
  } catch (cause) {
    if (cause instanceof CassetteError) throw cause;
    throw new CassetteError("CASSETTE_WRITE_FAILED", "The lock cannot be written.", { file: path, cause });
  } finally {
    await removeIfThere(own);
  }
  return createHeldLock(path, owner.nonce);
}

function createHeldLock(path: string, nonce: string): RecordLock {
  let held = true;
  const release = async () => {
    if (!held) return;
    held = false;
    if ((await readOwner(path))?.nonce === nonce) await removeIfThere(path);
  };
  return { path, release, [Symbol.asyncDispose]: release };
}

async function take(path: string, own: string): Promise<void> {
  while (!(await tryLink(own, path))) {
    const holder = await readOwner(path);
    // Released just now: try again.
    if (holder === undefined) continue;
    if (holder !== null && (await takeOver(path, own, holder))) return;
    throw locked(path);
  }
}

/**
 * Replaces the lock of a dead owner with `own`. Of several processes that try, the first to claim it may; a claim is a
 * file named after what it claims, so there is only one, and it can be taken over like a lock if its owner is dead, too.
 */
async function takeOver(path: string, own: string, holder: ProcessOwner): Promise<boolean> {
  if (!isProvenDead(holder)) return false;
  const claims = await claim(path, holder.nonce, own);
  if (claims === null) return false;
  // The previous holder of the claim may have created its lock already.
  const taken = (await readOwner(path))?.nonce === holder.nonce;
  if (taken) await rename(await copyOf(own), path);
  for (const name of claims) await removeIfThere(name);
  return taken;
}

/** Appends to the chain of claims on a lock; null if a claimant is, or may be, alive. */
async function claim(path: string, nonce: string, own: string): Promise<string[] | null> {
  const chain: string[] = [];
  for (let claimed = nonce; ; ) {
    const name = `${path}.claim-${claimed}`;
    chain.push(name);
    if (await tryLink(own, name)) return chain;
    const claimant = await readOwner(name);
    if (!claimant || !isProvenDead(claimant)) return null;
    claimed = claimant.nonce;
  }
}

/** `rename` does nothing when both names are links to one file, as the claim and the lock would be. */
async function copyOf(own: string): Promise<string> {
  const copy = `${own}.new`;
  await writeFile(copy, await readFile(own), { flag: "wx", mode: 0o600 });
  return copy;
}

/** The owner of a file: undefined if there is no file, null if it names no owner, as in the Go implementation. */
async function readOwner(path: string): Promise<ProcessOwner | null | undefined> {
  try {
    return parseOwner(JSON.parse(await readFile(path, "utf8")));
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ENOENT" ? undefined : null;
  }
}

async function tryLink(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

async function removeIfThere(path: string): Promise<void> {
  await unlink(path).catch((error) => {
    if (error.code !== "ENOENT") throw error;
  });
}

function locked(file: string): CassetteError {
  return new CassetteError("CASSETTE_LOCKED", "Another recording holds the lock of this account.", {
    file,
    hint: "Wait for it to end. If its process is gone for certain, remove the file.",
  });
}
