#!/usr/bin/env node
// Figures as ratios to a yardstick that runs in the same rounds. Usage: pnpm bench [JOB…] [--quick] [--rounds N] [--json FILE]
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { measure, table } from "./runner.mjs";

const here = import.meta.dirname;
const known = readdirSync(join(here, "jobs")).map((file) => file.replace(/\.mjs$/, ""));
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    quick: { type: "boolean", default: false },
    rounds: { type: "string" },
    json: { type: "string" },
  },
});
const unknown = positionals.filter((name) => !known.includes(name));
if (unknown.length > 0) {
  console.error(`No such job: ${unknown.join(", ")}. Known are ${known.join(", ")}.`);
  process.exit(2);
}
const rounds = Number(values.rounds ?? (values.quick ? 3 : 9));
const dir = mkdtempSync(join(tmpdir(), "cassette-bench-"));
const results = {};
try {
  for (const name of positionals.length > 0 ? positionals : known) results[name] = await runJob(name);
} finally {
  rmSync(dir, { recursive: true, force: true });
}
if (values.json) {
  const machine = {
    node: process.version,
    cpu: cpus()[0]?.model,
    cores: cpus().length,
    date: new Date().toISOString(),
  };
  writeFileSync(
    values.json,
    `${JSON.stringify({ machine, rounds, quick: values.quick, results }, null, 2)}\n`,
  );
}

async function runJob(name) {
  const { title, jobs } = await import(`./jobs/${name}.mjs`);
  const work = join(dir, name);
  mkdirSync(work);
  const cassette = join(here, "../../packages/cli/dist/main.js");
  const prepared = await jobs({ dir: work, quick: values.quick, cassette, compile, has });
  const measured = await measure(prepared.jobs, { rounds, log: progress });
  progress("");
  console.log(table(`${title} (${rounds} rounds)`, measured));
  for (const peer of prepared.missing) console.log(`  ${peer}: not installed`);
  rmSync(work, { recursive: true, force: true });
  return { title, measured, missing: prepared.missing };
}

function progress(line) {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${line}`);
}

/** Compiles a C program that lies beside this file; returns the path of the binary. */
function compile(name) {
  const binary = join(dir, name);
  execFileSync("cc", ["-O2", "-o", binary, join(here, `${name}.c`), "-lutil"], { cwd: dirname(binary) });
  return binary;
}

function has(program) {
  return spawnSync("which", [program], { stdio: "ignore" }).status === 0;
}
