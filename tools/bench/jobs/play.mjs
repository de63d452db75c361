import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { createPtyDriver } from "@cassette/pty";
import { seeded } from "../corpus.mjs";
import { COLS, hourOfLog, hourOfScreens, ROWS } from "../hour.mjs";

/**
 * A user plays an hour: opens it and seeks in it.
 * @param {import("../main.mjs").Bench} bench
 */
export async function groups({ dir, quick, cassette }) {
  const seeks = quick ? 8 : 20;
  const megabytes = quick ? 2 : 10;
  const screens = await hourOfScreens(join(dir, "screens"), megabytes * 1e6, cassette);
  const title = `an hour of a full-screen program, ${megabytes} MB in small pieces`;
  const ofScreens = await playing(cassette, title, { dir: screens, shows: "status" }, seeks);
  if (quick) return [ofScreens];
  const log = await hourOfLog(join(dir, "log"), 20e6, cassette);
  return [ofScreens, await playing(cassette, "an hour of log, 20 MB", { dir: log, shows: "INFO" }, seeks)];
}

async function playing(command, title, recording, seeks) {
  const open = () => openPlayer(command, recording);
  const player = await open();
  // The player makes its checkpoints in the background.
  await new Promise((resolve) => setTimeout(resolve, 4_000));
  await player.press(" ");
  const random = seeded(7);
  const digits = "0123456789";
  const jobs = [
    { name: "node -e 0", run: () => void execFileSync(process.execPath, ["-e", "0"]) },
    { name: "play, to the first screen", run: async () => (await open()).close },
    {
      name: "play and seek to nine tenths",
      async run() {
        const opened = await open();
        await opened.press("9");
        return opened.close;
      },
    },
    {
      name: "play and seek to nine tenths, to the recorded frame",
      async run() {
        const opened = await open();
        await opened.show("9", "54:00");
        return opened.close;
      },
    },
    {
      name: `${seeks} keys that do not seek`,
      run: () => player.each(seeks, (turn) => (turn % 2 ? "+" : "-")),
    },
    {
      name: `${seeks} seeks to a random tenth`,
      run: () => player.each(seeks, () => digits[Math.floor(random() * 10)]),
    },
    { name: `${seeks} steps back`, run: () => player.each(seeks, () => ",") },
  ];
  return { title, jobs, missing: [], close: player.close };
}

/** A player on its own terminal, which shows a screen of the recording: a text that each of them has. */
async function openPlayer(command, { dir, shows }) {
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
  /** Presses keys. The last one opens a prompt; when that is shown, all earlier changes have been painted. */
  const press = async (key) => {
    await session.sendText(`${key}/`);
    await paints(PROMPT);
    await session.sendText("\x7f");
    await paints("? help");
  };
  await paints(shows);
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
