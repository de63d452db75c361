import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { acquireRecordLock } from "../src/index.js";
import { temporaryDirectory } from "./support/temporary-directory.js";

const coded = (code: string) => expect.objectContaining({ code });
const lockName = (account: string) => `${createHash("sha256").update(account).digest("hex")}.lock`;

/** A lock left by the given owner. */
function leave(root: string, content: string): string {
  mkdirSync(join(root, "locks"));
  const path = join(root, "locks", lockName("account"));
  writeFileSync(path, content);
  return path;
}

/** This process as it describes itself, changed. */
async function ownerLike(change: object): Promise<string> {
  const lock = await acquireRecordLock(temporaryDirectory());
  return JSON.stringify({ ...JSON.parse(readFileSync(lock.path, "utf8")), nonce: "other", ...change });
}

describe("acquireRecordLock", () => {
  it("is where the Go implementation looks for it and does not name the account", async () => {
    const root = temporaryDirectory();
    await using lock = await acquireRecordLock(root, "someone@example.com");
    expect(lock.path).toBe(join(root, "locks", lockName("someone@example.com")));
    expect(readFileSync(lock.path, "utf8")).not.toContain("someone");
    await using other = await acquireRecordLock(root);
    expect(other.path).toBe(join(root, "locks", lockName("default")));
  });

  it("is held by one at a time and leaves nothing when released", async () => {
    const root = temporaryDirectory();
    const lock = await acquireRecordLock(root, "account");
    await expect(acquireRecordLock(root, "account")).rejects.toEqual(coded("CASSETTE_LOCKED"));
    await lock.release();
    await lock.release();
    expect(readdirSync(join(root, "locks"))).toEqual([]);
  });

  it("is taken over from a process that is gone, and from a pid that is another process now", async () => {
    for (const change of [{ pid: 2 ** 22 + 1 }, { started: "1" }]) {
      const root = temporaryDirectory();
      leave(root, await ownerLike(change));
      const lock = await acquireRecordLock(root, "account");
      await lock.release();
      expect(readdirSync(join(root, "locks"))).toEqual([]);
    }
  });

  it.each<[string, object]>([
    ["on another host", { host: "elsewhere", pid: 2 ** 22 + 1 }],
    ["in another pid namespace", { pidNamespace: "pid:[1]", pid: 2 ** 22 + 1 }],
    ["on another machine of the same name", { machine: "other", boot: "other" }],
  ])("is never taken from an owner %s", async (_where, change) => {
    const root = temporaryDirectory();
    const content = await ownerLike(change);
    const path = leave(root, content);
    await expect(acquireRecordLock(root, "account")).rejects.toEqual(coded("CASSETTE_LOCKED"));
    expect(readFileSync(path, "utf8")).toBe(content);
  });

  it.each(["account=someone\n", "", "{}", "null"])(
    "is never taken when it names no owner: %j",
    async (content) => {
      const root = temporaryDirectory();
      const path = leave(root, content);
      await expect(acquireRecordLock(root, "account")).rejects.toEqual(coded("CASSETTE_LOCKED"));
      expect(readFileSync(path, "utf8")).toBe(content);
    },
  );

  it("does not release the lock of a later holder", async () => {
    const root = temporaryDirectory();
    const lock = await acquireRecordLock(root, "account");
    writeFileSync(lock.path, "account=someone\n");
    await lock.release();
    expect(readdirSync(join(root, "locks"))).toHaveLength(1);
  });
});
