// Looking at recordings with the command: opening and seeking an hour, and searching.
import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { createRecorder } from "@cassette/core";
import { createPtyDriver } from "@cassette/pty";
import { seeded } from "../corpus.mjs";

const HOUR_MS = 3_600_000;
const ROWS = 24;
const COLS = 80;
const WORDS = "request cache worker queue retry open close index frame buffer socket commit".split(" ");

/** @param {import("../main.mjs").Bench} bench */
export async function groups({ dir, quick, cassette, spawn }) {
  // As the command makes them: with frames.
  const sealed = (from) => {
    execFileSync(process.execPath, [cassette, "scrub", from, "-o", `${from}-sealed`, "-q"]);
    return `${from}-sealed`;
  };
  const screens = sealed(
    await recording(join(dir, "screens"), { bytes: quick ? 2e6 : 10e6, chunk: rewrittenRow }),
  );
  const log = sealed(await recording(join(dir, "log"), { bytes: quick ? 4e6 : 20e6, chunk: logLines }));
  const folder = join(dir, "folder");
  mkdirSync(folder);
  const megabytes = quick ? 8 : 100;
  for (let part = 0; part < 4; part++) {
    await recording(join(folder, String(part)), { bytes: (megabytes * 1e6) / 4, chunk: logLines });
  }
  return [
    await playing(cassette, "an hour of a full-screen program, 10 MB in small pieces", screens),
    await playing(cassette, "an hour of log, 20 MB", log),
    standingIn(cassette, spawn, screens, log),
    searching(cassette, folder, megabytes * 1e6),
  ];
}

async function playing(command, title, dir) {
  const open = () => openPlayer(command, dir);
  const player = await open();
  // Its checkpoints are made in the background.
  await new Promise((resolve) => setTimeout(resolve, 4_000));
  await player.press(" ");
  const random = seeded(7);
  const digits = "0123456789";
  const seeks = 20;
  const jobs = [
    { name: "node -e 0", run: () => void execFileSync(process.execPath, ["-e", "0"]) },
    { name: "play, to the first screen", run: async () => (await open()).close },
    {
      name: "play, and at once to nine tenths",
      async run() {
        const opened = await open();
        await opened.press("9");
        return opened.close;
      },
    },
    {
      name: "play, and at once to nine tenths, to what was recorded there",
      async run() {
        const opened = await open();
        await opened.show("9", "54:00");
        return opened.close;
      },
    },
    {
      name: `${seeks} keys that move nothing`,
      run: () => player.each(seeks, (turn) => (turn % 2 ? "+" : "-")),
    },
    {
      name: `${seeks} seeks to any tenth`,
      run: () => player.each(seeks, () => digits[Math.floor(random() * 10)]),
    },
    { name: `${seeks} steps back`, run: () => player.each(seeks, () => ",") },
  ];
  return { title: `play: ${title}`, jobs, missing: [], close: player.close };
}

/** A player on a terminal of its own. */
async function openPlayer(command, dir) {
  const session = await createPtyDriver().start({
    argv: [process.execPath, command, "play", dir],
    rows: ROWS + 1,
    cols: COLS,
    timeoutMs: 600_000,
  });
  let painted = "";
  let wake = () => {};
  const reading = (async () => {
    for await (const { bytes } of session.output()) {
      painted += Buffer.from(bytes).toString("latin1");
      wake();
    }
  })();
  const paints = async (what) => {
    while (!painted.includes(what)) await new Promise((resolve) => (wake = resolve));
    painted = "";
  };
  /** Presses keys; what they changed has been painted when the prompt is there that the last one opens. */
  const press = async (key) => {
    await session.sendText(`${key}/`);
    await paints(PROMPT);
    await session.sendText("\x7f");
    await paints("? help");
  };
  await paints("? help");
  return {
    press,
    async show(key, what) {
      await session.sendText(key);
      await paints(what);
    },
    async each(count, key) {
      for (let turn = 0; turn < count; turn++) await press(key(turn));
    },
    async close() {
      await session.sendText("q");
      await reading;
      await session.close();
    },
  };
}

/** The status line while a pattern is being typed. */
const PROMPT = "\x1b[7m/\x1b[0m";

/** The stub prints all of it, as fast as it can. */
function standingIn(command, spawn, screens, log) {
  const stub = (dir) => spawn([process.execPath, command, "stub", dir]);
  return {
    title: "stub: an hour",
    missing: [],
    jobs: [
      { name: "node -e 0", run: () => spawn([process.execPath, "-e", "0"]) },
      { name: "stub of a full-screen program", run: () => stub(screens) },
      { name: "stub of a log", run: () => stub(log) },
    ],
  };
}

function searching(command, folder, bytes) {
  const grep = (...args) => {
    try {
      execFileSync(process.execPath, [command, "grep", ...args, folder], { stdio: "ignore" });
    } catch (error) {
      if (error.status !== 1) throw error;
    }
  };
  return {
    title: `grep: ${bytes / 1e6} MB of log in 4 cassettes`,
    missing: [],
    jobs: [
      {
        name: "verify",
        bytes,
        run: () => void execFileSync(process.execPath, [command, "verify", folder], { stdio: "ignore" }),
      },
      { name: "grep -F, everywhere", bytes, run: () => grep("-F", "NEEDLE") },
      { name: "grep -i, everywhere", bytes, run: () => grep("-i", "nee+dle \\d") },
      { name: "grep, in the output", bytes, run: () => grep("NEEDLE", "--in", "output") },
    ],
  };
}

/** Makes a recording of an hour with so many bytes of output in chunks of a kind, evenly spread. */
async function recording(dir, { bytes, chunk }) {
  let time = 0;
  const recorder = await createRecorder(dir, {
    manifest: {
      terminal: { initial_rows: ROWS, initial_cols: COLS, emulator: { name: "none", version: "0" } },
      timing: { resolution_ms: 1 },
    },
    clock: { now: () => 0, monotonic: () => time },
  });
  const random = seeded(3);
  let written = 0;
  for (let number = 1; written < bytes; number++) {
    const text = Buffer.from(chunk(number, random));
    recorder.recordOutput(text);
    written += text.length;
    time = Math.floor((HOUR_MS * written) / bytes);
    if (number % 64 === 0) await recorder.drain();
  }
  recorder.recordFinal({ exit: { Code: 0, Signal: "", Exited: true, Signaled: false } });
  await recorder.close();
  return dir;
}

function rewrittenRow(number, random) {
  const word = WORDS[Math.floor(random() * WORDS.length)];
  const clear = number % 50 === 0 ? "\x1b[2J" : "";
  const row = `\x1b[${1 + (number % 22)};1H\x1b[K\x1b[3${number % 8}mrow ${number} ${word}\x1b[0m`;
  return `${clear}${row}\x1b[24;1H\x1b[7m status ${number} \x1b[0m`;
}

function logLines(number, random) {
  let text = "";
  for (let line = 0; line < 50; line++) {
    const words = Array.from({ length: 8 }, () => WORDS[Math.floor(random() * WORDS.length)]).join(" ");
    const needle = line === 0 && number % 100 === 0 ? ` NEEDLE ${number}` : "";
    text += `\x1b[90m12:00:${line}\x1b[0m \x1b[32mINFO\x1b[0m [${number}] ${words}${needle}\r\n`;
  }
  return text;
}
