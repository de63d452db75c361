#!/usr/bin/env node
// Runs a task on a fresh machine. Needs Node, npm and git; installs everything else.
// Usage: node tools/run.mjs demo|test|soak|bench|release [arguments passed on]
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

const node = process.execPath;
const root = dirname(import.meta.dirname);
const at = (...path) => join(root, ...path);
const env = {
  ...process.env,
  TURBO_TELEMETRY_DISABLED: "1",
  DO_NOT_TRACK: "1",
  npm_config_update_notifier: "false",
};

const TASKS = { demo, test, soak, bench, release };
const [task, ...rest] = process.argv.slice(2);
if (!Object.hasOwn(TASKS, task ?? "")) {
  console.error(`usage: node tools/run.mjs ${Object.keys(TASKS).join("|")} [arguments]`);
  process.exit(2);
}
const pnpm = findPnpm();
setUp();
TASKS[task]();

function demo() {
  build("build");
  run([node, at("tools/demo.mjs"), ...rest]);
}

function test() {
  build("build", "typecheck");
  run([node, at("node_modules/@biomejs/biome/bin/biome"), "ci", "--error-on-warnings"]);
  vitest();
}

function soak() {
  env.CASSETTE_SOAK = "1";
  build("build");
  vitest();
}

function bench() {
  build("build");
  run([node, at("tools/bench/main.mjs"), ...rest]);
}

function release() {
  build("build", "typecheck");
  run([node, at("node_modules/@biomejs/biome/bin/biome"), "ci", "--error-on-warnings"]);
  run([node, at("tools/release/main.mjs"), ...rest]);
}

function vitest() {
  // No test uses the network, and Node reads these certificates whenever it starts: 30 ms of its 55.
  delete env.NODE_EXTRA_CA_CERTS;
  run([node, at("node_modules/vitest/vitest.mjs"), "run", ...rest]);
}

function build(...tasks) {
  run([node, at("tools/check-layers.mjs")]);
  run([...pnpm, "exec", "turbo", "run", ...tasks, "--output-logs=errors-only", "--no-update-notifier"]);
}

/** Installs the locked dependencies, if that has not been done for this lockfile and this version of Node. */
function setUp() {
  const stampFile = at("node_modules/.cassette-setup");
  const inputs = ["pnpm-lock.yaml", "pnpm-workspace.yaml", "package.json"].map((name) =>
    readFileSync(at(name)),
  );
  const stamp = createHash("sha256").update(process.version).update(Buffer.concat(inputs)).digest("hex");
  if (existsSync(stampFile) && readFileSync(stampFile, "utf8") === stamp) return;
  console.error("Installing the locked dependencies …");
  run([...pnpm, "install", "--frozen-lockfile", "--reporter=append-only"], { quiet: true });
  mkdirSync(dirname(stampFile), { recursive: true });
  writeFileSync(stampFile, stamp);
}

/** The pinned pnpm: the one on PATH if it has that version, otherwise through npx. */
function findPnpm() {
  const { packageManager } = JSON.parse(readFileSync(at("package.json"), "utf8"));
  const version = packageManager.split("@")[1];
  const found = spawnSync("pnpm", ["--version"], { cwd: root, env, encoding: "utf8" });
  return found.stdout?.trim() === version ? ["pnpm"] : ["npx", "-y", packageManager];
}

/** Runs a command and exits with its status if it fails. Quiet: its output is shown only then. */
function run([command, ...args], { quiet = false } = {}) {
  const { status, signal, error, stdout, stderr } = spawnSync(command, args, {
    cwd: root,
    env,
    stdio: quiet ? ["ignore", "pipe", "pipe"] : "inherit",
    maxBuffer: 64 * 1024 * 1024,
  });
  if (error) {
    console.error(`${command} could not be started: ${error.message}`);
    process.exit(3);
  }
  if (status === 0) return;
  if (quiet) process.stderr.write(Buffer.concat([stdout, stderr]));
  process.exit(status ?? (signal === "SIGINT" ? 130 : 1));
}
