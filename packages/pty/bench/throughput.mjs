// node bench/throughput.mjs [ROUNDS]
// The driver, alone and recording, against a bare reader in C: nine rounds in turn, medians and ratios.
import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { createWriteStream, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL(".", import.meta.url));
const read = join(here, "read.mjs");

/** Compiles one of the programs beside this file; returns its path. */
export function compile(name, directory) {
  const binary = join(directory, name);
  execFileSync("cc", ["-O2", "-o", binary, join(here, `${name}.c`), "-lutil"]);
  return binary;
}

/** Writes a log of so many bytes; returns its path. */
export async function writeLog(directory, length) {
  const path = join(directory, "log");
  const file = createWriteStream(path);
  for (let written = 0, line = 0; written < length; ) {
    let block = "";
    while (block.length < 65_536) {
      block += `2026-01-01T00:00:00Z info request ${line} GET /things/${(line++ * 7919) % 9973} 200 in ${line % 97} units\n`;
    }
    written += block.length;
    if (!file.write(block)) await once(file, "drain");
  }
  file.end();
  await once(file, "close");
  return path;
}

/** What a command that prints one line of JSON says. */
export function measure(command, args) {
  return JSON.parse(execFileSync(command, args, { encoding: "utf8" }));
}

function median(values) {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

/** Runs the contestants in turn; the first is the yardstick. */
export function compare(contestants, rounds) {
  const results = new Map(contestants.map(({ name }) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const { name, run } of contestants) results.get(name).push(run());
  }
  const table = contestants.map(({ name }) => {
    const of = (field) => median(results.get(name).map((result) => result[field]));
    return {
      name,
      wallMs: of("wallMs"),
      cpuMs: of("cpuMs"),
      withProgramMs: of("withProgramMs"),
      chunks: of("chunks"),
    };
  });
  const [yardstick] = table;
  const ratio = (row, field) => Number((row[field] / yardstick[field]).toFixed(2));
  return table.map((row) => ({
    ...row,
    wall: ratio(row, "wallMs"),
    cpu: ratio(row, "cpuMs"),
    withProgram: ratio(row, "withProgramMs"),
  }));
}

async function main(rounds) {
  const directory = mkdtempSync(join(tmpdir(), "cassette-bench-"));
  try {
    const bare = compile("bare-reader", directory);
    const tiny = compile("tiny-writes", directory);
    const log = await writeLog(directory, 200_000_000);
    for (const argv of [
      ["cat", log],
      [tiny, "200000"],
    ]) {
      const contestants = [
        { name: "bare C reader", run: () => measure(bare, argv) },
        { name: "driver", run: () => measure(process.execPath, [read, ...argv]) },
        {
          name: "driver, recording",
          run: () => measure(process.execPath, [read, "--record", join(directory, "raw"), ...argv]),
        },
      ];
      console.log(argv.join(" "));
      console.table(compare(contestants, rounds));
    }
  } finally {
    rmSync(directory, { recursive: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main(Number(process.argv[2] ?? 9));
