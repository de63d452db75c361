import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { acquireRecordLock } from "../src/index.js";
import { temporaryDirectory } from "./support/temporary-directory.js";

const PROCESSES = process.env.CASSETTE_SOAK ? 50 : 6;
const CYCLES = process.env.CASSETTE_SOAK ? 100 : 20;
const PROGRAM = join(import.meta.dirname, "programs/take-lock-repeatedly.mjs");

describe.skipIf(!existsSync("/proc/self/stat"))(
  "acquireRecordLock among processes, some of them killed",
  () => {
    it(`never has two holders and never gets stuck: ${PROCESSES} processes, ${CYCLES} times each`, async () => {
      const root = temporaryDirectory({ inMemory: true });
      const contenders = Array.from({ length: PROCESSES }, (_, index) => contend(root, index % 3 === 0));
      const ends = await Promise.all(contenders);
      expect(ends.filter((end) => end !== 0 && end !== "SIGKILL")).toEqual([]);
      expect(ends.filter((end) => end === "SIGKILL").length).toBeGreaterThan(0);
      // The last killed one may have left the lock; the next must get it.
      await (await acquireRecordLock(root, "account")).release();
      expect(readdirSync(join(root, "locks")).filter((name) => name.endsWith(".lock"))).toEqual([]);
    });
  },
);

/** Runs one contender; a mortal one is killed early on. */
async function contend(root: string, mortal: boolean): Promise<number | string> {
  const child = spawn(process.execPath, [PROGRAM, root, String(CYCLES)], { stdio: "ignore" });
  const killer = mortal ? setTimeout(() => child.kill("SIGKILL"), 100 + Math.random() * 300) : undefined;
  const [code, signal] = await once(child, "exit");
  clearTimeout(killer);
  return code ?? signal;
}
