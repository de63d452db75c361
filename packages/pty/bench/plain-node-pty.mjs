// node bench/plain-node-pty.mjs [RUNS]
// For contrast: how often node-pty's own interface loses output of a program that writes and exits.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";

const { spawn } = createRequire(import.meta.url)("node-pty");
const runs = Number(process.argv[2] ?? 100);
const directory = mkdtempSync(join(tmpdir(), "cassette-bench-"));

function run(file) {
  return new Promise((resolve) => {
    let length = 0;
    const terminal = spawn("sh", ["-c", 'stty -opost; exec cat "$0"', file], { encoding: null });
    terminal.onData((bytes) => {
      length += bytes.length;
    });
    terminal.onExit(() => resolve(length));
  });
}

try {
  for (const size of [4_096, 5_000, 20_480, 65_536, 300_000, 5_242_880]) {
    const file = join(directory, "bytes");
    writeFileSync(file, Buffer.alloc(size, "x"));
    let lossy = 0;
    for (let count = 0; count < runs; count++) if ((await run(file)) !== size) lossy++;
    console.log(`${size} bytes: ${lossy} of ${runs} runs lossy`);
  }
} finally {
  rmSync(directory, { recursive: true });
}
