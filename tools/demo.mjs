#!/usr/bin/env node
// Records a real interactive program, verifies the cassette, replays it and shows its last screen.
// Usage: npm run demo
import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";

const root = dirname(import.meta.dirname);
const cassetteCommand = join(root, "packages/cli/dist/main.cjs");
const folder = join(root, ".demo");

/** Full-screen programs first, with options that keep their last screen visible; Node's own REPL is always available. */
const PROGRAMS = [
  {
    argv: ["vim", "-u", "NONE", "-N", "-i", "NONE", "--cmd", "set t_ti= t_te=", "hello.txt"],
    script: [
      { wait: { settledMs: 300 } },
      { press: "i" },
      { type: "Recorded once, replayed for ever." },
      { wait: "for ever." },
      { press: "Escape" },
      { type: ":set number" },
      { press: "Enter" },
      { wait: "1 Recorded" },
      { type: ":q!" },
      { press: "Enter" },
    ],
  },
  {
    argv: ["less", "-N", "-X", join(root, "ARCHITECTURE.md")],
    script: [{ wait: "Architecture" }, { press: "Space" }, { wait: { settledMs: 200 } }, { press: "q" }],
  },
  {
    argv: [process.execPath, "-i"],
    script: [
      { wait: "> " },
      { type: "'cassette'.toUpperCase()" },
      { press: "Enter" },
      { wait: "'CASSETTE'" },
      { type: ".exit" },
      { press: "Enter" },
    ],
  },
];

rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
const program = PROGRAMS.find(
  ({ argv }) => spawnSync(argv[0], ["--version"], { stdio: "ignore" }).status === 0,
);
const script = join(folder, "script.json");
const cassette = join(folder, "demo.cassette");
writeFileSync(script, `${JSON.stringify(program.script, null, 2)}\n`);

step("Record", "record", cassette, "--script", script, "--window-size", "72x20", "--", ...program.argv);
step("Verify", "verify", cassette);
step("Replay, in collapsed time", "play", cassette, "--mode", "collapsed");
step("The last screen", "frames", cassette, "--last");
console.log(
  `\nAgain, in real time: node ${relative(process.cwd(), cassetteCommand)} play ${relative(process.cwd(), cassette)}`,
);

/** Runs one command of the built CLI and shows it as a user would type it. */
function step(title, ...args) {
  const shown = args
    .map((arg) => (arg.startsWith("/") ? relative(process.cwd(), arg) || "." : arg))
    .join(" ");
  console.log(`\n${title}\n$ cassette ${shown}`);
  const { status } = spawnSync(process.execPath, [cassetteCommand, ...args], {
    stdio: "inherit",
    cwd: folder,
  });
  if (status !== 0) process.exit(status ?? 1);
}
