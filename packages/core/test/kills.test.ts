import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { isCassetteError } from "@cassette/format";
import { describe, expect, it } from "vitest";
import { findSpools, openCassette, recover } from "../src/index.js";
import { isUndescribed } from "./support/sample-recording.js";
import { temporaryDirectory } from "./support/temporary-directory.js";

const KILLS = process.env.CASSETTE_SOAK ? 200 : 12;
/** Long enough for several recordings, so that kills fall into every part of one. */
const LONGEST_LIFE_MS = 150;
const PROGRAM = join(import.meta.dirname, "programs/record-again-and-again.mjs");

describe("recover after SIGKILL at a random moment", () => {
  it(`finds after each of ${KILLS} or more kills a whole cassette at the target and the start of the next in the spool`, async () => {
    const target = join(temporaryDirectory({ inMemory: true }), "cassette");
    const seen = { whole: 0, interrupted: 0, nothing: 0 };
    // Where a kill falls is chance; on a busy machine the first dozen may all miss the middle of a recording.
    for (let kill = 0; kill < KILLS || (seen.interrupted === 0 && kill < 20 * KILLS); kill++) {
      const before = existsSync(target);
      await recordAndKill(target, Math.random() * LONGEST_LIFE_MS);
      for (const spool of await findSpools(target)) seen[await recoverBeside(spool, target)]++;
      expect(await findSpools(target)).toEqual([]);
      if (existsSync(target)) expect(await readRecords(target)).toEqual({ records: 400, interrupted: false });
      else expect(before).toBe(false);
    }
    expect(seen.interrupted).toBeGreaterThan(0);
  });
});

async function recordAndKill(target: string, lifetimeMs: number): Promise<void> {
  const child: ChildProcess = spawn(process.execPath, [PROGRAM, target], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  if (child.stdout) await once(child.stdout, "data");
  await new Promise((resolve) => setTimeout(resolve, lifetimeMs));
  child.kill("SIGKILL");
  await once(child, "exit");
}

/** Recovers under another name, checks what was saved, and clears it away. */
async function recoverBeside(spool: string, target: string): Promise<"whole" | "interrupted" | "nothing"> {
  const other = `${target}-recovered`;
  const outcome = await recover(spool, { target: other }).catch((error) => error);
  if (isCassetteError(outcome)) {
    expect(outcome).toMatchObject({
      code: "CASSETTE_RECOVER_FAILED",
      message: /Nothing was recorded/,
    });
    rmSync(spool, { recursive: true });
    return "nothing";
  }
  if (outcome === null) return "nothing";
  if (!existsSync(other)) return "whole";
  const { records, interrupted } = await readRecords(other);
  expect(interrupted).toBe(outcome.interrupted);
  if (!interrupted) expect(records).toBe(400);
  rmSync(other, { recursive: true });
  return interrupted ? "interrupted" : "whole";
}

/** Opens a cassette and checks that its records are those that the program makes, in order, none missing unless it says so. */
async function readRecords(dir: string): Promise<{ records: number; interrupted: boolean }> {
  await using cassette = await openCassette(dir, { integrity: "required" });
  const { metadata = {} } = cassette.final;
  let records = 0;
  let made = 0;
  for await (const { kind, record } of cassette.events()) {
    if (kind === "final") break;
    records++;
    if ("offset" in record && isUndescribed(record.offset, metadata.undescribed_output)) continue;
    const bytes = kind === "output" ? await cassette.bytes(record) : kind === "input" ? record.bytes : null;
    const text = Buffer.from(bytes ?? []).toString();
    do made++;
    while (made <= 400 && text !== contentOf(made));
    if (made > 400) throw new Error(`record ${records} is another`);
  }
  if (made > records && metadata.missing_records === undefined) throw new Error("records are missing");
  return { records, interrupted: metadata.interrupted === true };
}

function contentOf(n: number): string {
  return n % 5 === 0 ? `typed ${n}` : `chunk ${n} `.repeat(n);
}
