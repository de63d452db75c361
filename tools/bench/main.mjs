#!/usr/bin/env node
// Measures jobs as ratios to a yardstick that runs in the same rounds. Usage: pnpm bench --help
import { execFileSync, spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { cpus, release, tmpdir, totalmem, type } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { HELP } from "./help.mjs";
import { markdown } from "./markdown.mjs";
import { measure, table } from "./runner.mjs";

/**
 * The context of a job's module. Its `groups` returns contestants to be compared with the first of their group, and optionally
 * `notes`, called after they have run, for further remarks.
 * @typedef {object} Bench
 * @property {string} dir a directory of its own
 * @property {boolean} quick smaller inputs
 * @property {string} cassette path of the built command
 * @property {(name: string) => string} compile makes a binary of a C program in `programs/`
 * @property {(argv: string[], options?: object) => { peakMb: number }} spawn runs a program to its end, with the options of
 * `execFileSync`
 * @property {(program: string) => boolean} has whether a peer is installed
 */

const here = import.meta.dirname;
const known = readdirSync(join(here, "jobs")).map((file) => file.replace(/\.mjs$/, ""));
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    help: { type: "boolean", short: "h", default: false },
    quick: { type: "boolean", default: false },
    rounds: { type: "string" },
    json: { type: "string" },
    markdown: { type: "string" },
  },
});
if (values.help) {
  console.log(HELP);
  process.exit(0);
}
const unknown = positionals.filter((name) => !known.includes(name));
if (unknown.length > 0) {
  console.error(`There is no job ${unknown.join(", ")}. Jobs: ${known.join(", ")}.`);
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
const report = { machine: machineFacts(), rounds, quick: values.quick, results };
if (values.json) writeFileSync(values.json, `${JSON.stringify(report, null, 2)}\n`);
if (values.markdown) writeFileSync(values.markdown, markdown(report));

function machineFacts() {
  return {
    date: new Date().toISOString().slice(0, 10),
    node: process.version,
    system: `${type()} ${release()} ${process.arch}`,
    cpu: `${cpus().length} × ${cpus()[0]?.model}`,
    memory: `${Math.round(totalmem() / 2 ** 30)} GiB`,
  };
}

async function runJob(name) {
  const { groups } = await import(`./jobs/${name}.mjs`);
  const work = join(dir, name);
  mkdirSync(work);
  const cassette = join(here, "../../packages/cli/dist/main.cjs");
  const measured = [];
  for (const { title, jobs, missing, notes, close } of await groups({
    dir: work,
    quick: values.quick,
    cassette,
    compile,
    spawn,
    has,
  })) {
    // The median of three rounds ignores a slower first one.
    const results = await measure(jobs, { rounds, warmups: values.quick ? 0 : 1, log: progress });
    const remarks = [...missing.map((peer) => `${peer}: not installed`), ...(notes?.() ?? [])];
    await close?.();
    progress("");
    console.log(table(`${title} (${rounds} rounds)`, results));
    for (const remark of remarks) console.log(`  ${remark}`);
    measured.push({ title, results, remarks });
  }
  rmSync(work, { recursive: true, force: true });
  return measured;
}

function progress(line) {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${line}`);
}

function compile(name) {
  const binary = join(dir, name);
  if (!existsSync(binary))
    execFileSync("cc", ["-O2", "-o", binary, join(here, "programs", `${name}.c`), "-lutil"]);
  return binary;
}

function spawn(argv, options = {}) {
  const report = join(dir, "peak");
  execFileSync(compile("peak-memory"), [report, ...argv], { stdio: "ignore", ...options });
  return { peakMb: Number(readFileSync(report, "utf8")) / 1_024 };
}

function has(program) {
  return spawnSync("which", [program], { stdio: "ignore" }).status === 0;
}
