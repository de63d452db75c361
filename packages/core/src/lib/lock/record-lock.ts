import { hash } from "node:crypto";
import { link, mkdir, readFile, rename, unlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { CassetteError } from "@cassette/format";
import { describeThisProcess, isProvenDead, type ProcessOwner, parseOwner } from "./process-owner.js";

/** A held lock. */
export interface RecordLock {
  /** The file that is the lock. */
  readonly path: string;
  /** Gives the lock back, if it is still ours. Idempotent. */
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
    // A lock comes into being whole, by a link to a finished file: a reader never sees half of one.
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
    // Given back just now: try again.
    if (holder === undefined) continue;
    if (holder !== null && (await takeOver(path, own, holder))) return;
    throw locked(path);
  }
}

/**
 * Puts `own` in place of the lock of a dead owner. Of several that try, the one whose claim comes first may; a claim is a
 * file named after what it claims, so there is one, and it is inherited like a lock when its owner is dead too.
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

/** Joins the end of the chain of claims on a lock; null if a claimant is, or may be, alive. */
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

/** Whose file it is: undefined if there is none, null if it names no owner, as a lock of the Go implementation. */
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
