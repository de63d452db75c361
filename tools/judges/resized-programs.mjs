import { accessSync, constants, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { createXtermEmulator } from "@cassette/frames";
import { createPtyDriver } from "@cassette/pty";

/** Enlarged and shrunk, one after the other, after the first. */
const SIZES = [
  { rows: 24, cols: 80 },
  { rows: 30, cols: 100 },
  { rows: 18, cols: 60 },
  { rows: 40, cols: 132 },
  { rows: 24, cols: 80 },
];
const [FIRST_SIZE, ...NEXT_SIZES] = SIZES;

/** A program has drawn when it has printed nothing for so long, and has this long at most. */
const QUIET_MS = 400;
/** Agents wait for their own servers meanwhile. */
const QUIET_NPM_MS = 2_500;
const LONGEST_MS = 8_000;
const LONGEST_START_MS = 30_000;

const LINES = Array.from({ length: 200 }, (_, n) => `${n + 1} ${"the quick brown fox ".repeat(n % 9)}`);

/** Boxes as wide as the terminal. */
const ink = (rows) => `
  import { Box, render, Text, useStdout } from "ink";
  import React from "react";
  const h = React.createElement;
  function App() {
    const { stdout } = useStdout();
    const [cols, setCols] = React.useState(stdout.columns);
    React.useEffect(() => void stdout.on("resize", () => setCols(stdout.columns)), []);
    const row = (text) => h(Box, { borderStyle: "round", width: cols, key: text }, h(Text, null, text));
    return h(Box, { flexDirection: "column" }, ${JSON.stringify(rows)}.map(row));
  }
  render(h(App));
  setInterval(() => {}, 1000);
`;

/**
 * Programs that draw again when their terminal has another size. `keys` are typed once the program has drawn; `file` is
 * added to the arguments. Those from npm are in a folder into which the user has installed them.
 * @type {{ name: string, argv: string[], keys?: string[], file?: boolean, isFromNpm?: boolean, isInRepository?: boolean }[]}
 */
export const PROGRAMS = [
  { name: "vim", argv: ["vim", "-u", "NONE", "-N", "-n"], file: true },
  { name: "nvim", argv: ["nvim", "--clean", "-n"], file: true },
  { name: "less", argv: ["less"], file: true, keys: ["10g"] },
  { name: "htop", argv: ["htop", "-d", "100"] },
  { name: "top", argv: ["top", "-d", "100"] },
  { name: "mc", argv: ["mc", "-u"] },
  { name: "tmux", argv: ["tmux", "-L", "judged", "-f", "/dev/null", "new", "seq 1 60; exec cat"] },
  { name: "fish", argv: ["fish", "--no-config"], keys: ["seq 1 40\r"] },
  { name: "zsh", argv: ["zsh", "-f"], keys: ["PS1='> '\r", "seq 1 40\r"] },
  { name: "bash", argv: ["bash", "--norc"], keys: ["PS1='> '\r", "seq 1 40\r"] },
  { name: "nano", argv: ["nano", "-I"], file: true },
  { name: "node", argv: ["node", "-i"], keys: ["'x'.repeat(150)\r"] },
  { name: "fzf", argv: ["sh", "-c", 'fzf < "$0"'], file: true },
  {
    name: "dialog",
    argv: ["dialog", "--menu", "Choose", "15", "50", "6", "1", "one", "2", "two", "3", "three"],
  },
  { name: "whiptail", argv: ["whiptail", "--yesno", "Is this a question of some length?", "10", "40"] },
  { name: "w3m", argv: ["w3m", "-T", "text/plain"], file: true },
  { name: "lynx", argv: ["lynx", "-nocolor"], file: true },
  { name: "ranger", argv: ["ranger", "--clean"] },
  { name: "tig", argv: ["tig"], isInRepository: true },
  { name: "emacs", argv: ["emacs", "-nw", "-Q"], file: true },
  { name: "joe", argv: ["joe"], file: true },
  { name: "micro", argv: ["micro"], file: true },
  { name: "nnn", argv: ["nnn"] },
  { name: "vifm", argv: ["vifm"] },
  { name: "screen", argv: ["screen", "-c", "/dev/null", "sh", "-c", "seq 1 60; exec cat"] },
  { name: "ink", argv: ["node", "--input-type=module", "-e", ink(["plain", "漢字 é"])], isFromNpm: true },
  { name: "codex", argv: ["codex"], isFromNpm: true },
  { name: "gemini", argv: ["gemini"], isFromNpm: true },
  { name: "claude", argv: ["claude"], isFromNpm: true },
  { name: "opencode", argv: ["opencode"], isFromNpm: true },
];

/** Boxes around emoji of several code points, each two columns wide by what Ink measures. */
export const EMOJI_PROGRAM = {
  name: "ink, emoji",
  argv: [
    "node",
    "--input-type=module",
    "-e",
    ink(["👩\u200d💻 x", "🇩🇪 ❤\ufe0f", "👍🏽 1\ufe0f\u20e3", "👨‍👩‍👧‍👦"]),
  ],
  isFromNpm: true,
};

/** Whether a program is on PATH. */
export function isThere(name, path = process.env.PATH ?? "") {
  return path.split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, name), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/**
 * Runs a program and changes its size. Gives what it printed, and the sizes in between, up to when it had drawn for the last one.
 * Its queries are answered by our emulator. Null if it ended by itself.
 */
export async function recordResized(program, { path, cwd } = {}) {
  const { keys = [], isFromNpm = false } = program;
  const quietMs = isFromNpm ? QUIET_NPM_MS : QUIET_MS;
  const home = mkdtempSync(join(tmpdir(), "resized-"));
  const session = await start(program, home, { path, cwd });
  const steps = [];
  let lastMs = performance.now();
  const following = follow(session, steps, () => {
    lastMs = performance.now();
  });
  const drawn = async () => {
    const start = performance.now();
    lastMs = start;
    while (performance.now() - lastMs < quietMs && performance.now() - start < LONGEST_MS) await sleep(20);
  };
  const begun = async () => {
    for (
      const start = performance.now();
      steps.length === 0 && performance.now() - start < LONGEST_START_MS;
    )
      await sleep(20);
  };
  try {
    await begun();
    await drawn();
    await drawn();
    for (const key of keys) {
      await session.sendText(key);
      await drawn();
    }
    for (const size of NEXT_SIZES) {
      await session.resize(size);
      await drawn();
    }
    return { size: FIRST_SIZE, steps: joined(steps) };
  } catch (error) {
    if (error.code === "CASSETTE_SESSION_CLOSED") return null;
    throw error;
  } finally {
    await session.close();
    await following;
    rmSync(home, { recursive: true, force: true });
  }
}

async function start({ argv, file = false, isInRepository = false }, home, { path, cwd }) {
  const text = join(home, "lines.txt");
  writeFileSync(text, LINES.join("\n"));
  const env = { PATH: path ?? process.env.PATH, HOME: home, TERM: "xterm-256color", LC_ALL: "C.UTF-8" };
  return createPtyDriver().start({
    argv: file ? [...argv, text] : argv,
    cwd: isInRepository ? import.meta.dirname : (cwd ?? home),
    env: { ...env, TMUX_TMPDIR: home, SCREENDIR: home },
    ...FIRST_SIZE,
  });
}

/** Notes output and sizes in their order, and answers queries. */
async function follow(session, steps, onOutput) {
  const emulator = createXtermEmulator(FIRST_SIZE);
  for await (const event of session.events()) {
    if (event.kind === "resize") {
      emulator.resize(event.size);
      steps.push(event.size);
    } else if (event.kind === "output") {
      onOutput();
      await emulator.feed(event.bytes);
      steps.push(event.bytes);
      for (const reply of emulator.takeReplies()) session.send(reply, "answer").catch(() => {});
    }
  }
  emulator.close();
}

/** With the output between two sizes in one piece: another terminal is asked after each, and not within a sequence. */
function joined(steps) {
  const pieces = [];
  for (const step of steps) {
    const last = pieces.at(-1);
    if (last instanceof Uint8Array && step instanceof Uint8Array)
      pieces.splice(-1, 1, Buffer.concat([last, step]));
    else pieces.push(step);
  }
  return pieces;
}
