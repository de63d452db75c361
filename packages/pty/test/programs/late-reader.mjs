// Turns its terminal raw, reads nothing for a while, then everything, and says the digest of what came.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readSync } from "node:fs";

const [waitMs, length] = process.argv.slice(2).map(Number);
execFileSync("stty", ["raw", "-echo"], { stdio: "inherit" });
process.stdout.write("ready");
Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, waitMs);
const hash = createHash("sha256");
const buffer = Buffer.alloc(65_536);
for (let left = length; left > 0; ) {
  const read = readSync(0, buffer);
  hash.update(buffer.subarray(0, read));
  left -= read;
}
process.stdout.write(hash.digest("hex"));
