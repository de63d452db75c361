import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { cassette, temporaryDirectory } from "./cassette.js";

const RUNS = process.env.CASSETTE_SOAK ? 100 : 3;
const BYTES = 300_000;
// One write and out: the moment at which output is lost by those who stop reading too early.
const PROGRAM = [
  "python3",
  "-c",
  `import os; os.write(1, b"".join(b"%07d\\n" % i for i in range(${BYTES} // 8)))`,
];
const PRINTED = Array.from(
  { length: Math.floor(BYTES / 8) },
  (_, i) => `${String(i).padStart(7, "0")}\r\n`,
).join("");
const DIGEST = createHash("sha256").update(PRINTED).digest("hex");

describe("cassette record, of a burst before the exit", () => {
  it(`keeps every byte, ${RUNS} times`, async () => {
    expect(await digests(RUNS)).toEqual(Array(RUNS).fill(DIGEST));
  });

  it(`keeps every byte with both cores busy, ${RUNS} times`, async () => {
    keepBusy(2);
    expect(await digests(RUNS)).toEqual(Array(RUNS).fill(DIGEST));
  });
});

async function digests(runs: number): Promise<string[]> {
  const dir = temporaryDirectory();
  const target = join(dir, "burst.cassette");
  const found: string[] = [];
  for (let run = 0; run < runs; run++) {
    expect(await cassette(["record", target, "-q", "--", ...PROGRAM])).toMatchObject({ status: 0 });
    found.push(
      createHash("sha256")
        .update(readFileSync(join(target, "output.raw")))
        .digest("hex"),
    );
    rmSync(target, { recursive: true });
  }
  return found;
}

/** Occupies cores until the test ends. */
function keepBusy(cores: number): void {
  for (let core = 0; core < cores; core++) {
    const child = spawn(process.execPath, ["-e", "for (;;);"], { stdio: "ignore" });
    onTestFinished(() => void child.kill("SIGKILL"));
  }
}
