import { appendFileSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { createRecorder } from "@cassette/core";
import type { PtySession } from "@cassette/format";
import { createPtyDriver } from "@cassette/pty";
import { describe, expect, it } from "vitest";
import { hasTmux } from "../../frames/test/tmux-screen.js";
import { COMMAND, cassette, temporaryDirectory } from "./cassette.js";
import { openPane, type TmuxPane } from "./tmux-pane.js";

const PLAY = `${process.execPath} ${COMMAND} play`;
const SECONDS = 60;
const ENDING = ["SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT"] as const;

/** A minute in which each second writes its number, with a mark at 20 s; what it asks of a terminal is never answered. */
async function aMinute(dir: string): Promise<string> {
  const target = join(dir, "minute");
  let time = 0;
  const clock = { now: () => 0, monotonic: () => time };
  const recorder = await createRecorder(target, {
    manifest: {
      terminal: { initial_rows: 10, initial_cols: 60, emulator: { name: "any", version: "1" } },
      timing: { resolution_ms: 1 },
    },
    clock,
  });
  recorder.recordOutput(Buffer.from("\x1b[?1003h\x1b[?2004h\x1b[c\x1b[6n\x1b]52;c;c3RvbGVu\x07"));
  for (let second = 0; second < SECONDS; second++) {
    time = second * 1_000;
    if (second === 20) recorder.recordServiceEvent({ type: "cassette.mark", label: "halfway?" });
    recorder.recordOutput(Buffer.from(`\x1b[2J\x1b[3;5Hsecond <${second}>${second === 42 ? " answer" : ""}`));
  }
  time = SECONDS * 1_000;
  recorder.recordFinal({ exit: { Code: 0, Signal: "", Exited: true, Signaled: false } });
  await recorder.close();
  return target;
}

/** Ten seconds of output that takes long to draw; the text of the only frame says that it is a frame. */
async function longToDraw(dir: string): Promise<string> {
  const target = join(dir, "long");
  let time = 0;
  const size = { Rows: 10, Cols: 60, Known: true };
  const recorder = await createRecorder(target, {
    manifest: {
      terminal: { initial_rows: 10, initial_cols: 60, emulator: { name: "any", version: "1" } },
      timing: { resolution_ms: 1 },
    },
    clock: { now: () => 0, monotonic: () => time },
  });
  let written = 0;
  for (let second = 0; second < 10; second++) {
    time = second * 1_000;
    const output = Buffer.from(`\x1b[2;2Has it is drawn ${second}\x1b[K`.repeat(80_000));
    recorder.recordOutput(output);
    written += output.length;
    if (second !== 8) continue;
    recorder.recordFrame({
      size,
      text: ["as it was recorded", ...Array.from({ length: 9 }, () => "")],
      cursor: { Row: 0, Col: 0, Visible: true },
      raw_start: 0,
      raw_end: written,
      parser_offset: written,
    });
  }
  time = 10_000;
  recorder.recordFinal({ exit: { Code: 0, Signal: "", Exited: true, Signaled: false } });
  await recorder.close();
  return target;
}

function playLong(target: string): Promise<PtySession> {
  const argv = [process.execPath, COMMAND, "play", target] as const;
  return createPtyDriver().start({ argv: [...argv], rows: 11, cols: 60, timeoutMs: 60_000 });
}

/** Everything about a terminal that a program can leave behind. */
async function stateOf(pane: TmuxPane): Promise<string> {
  const name = `state-${Math.random().toString(36).slice(2)}`;
  pane.type(`stty -a > ${name}; echo "$?-${name}"`);
  pane.press("Enter");
  await pane.shows(`0-${name}`);
  const flags = [
    "alternate_on",
    "cursor_flag",
    "wrap_flag",
    "insert_flag",
    "keypad_flag",
    "keypad_cursor_flag",
  ];
  const asked = [...flags, "mouse_any_flag", "origin_flag", "bracket_paste_flag"].map(pane.ask);
  return `${readFileSync(join(pane.dir, name), "utf8")}${asked}`;
}

async function playing(pane: TmuxPane, options = ""): Promise<void> {
  pane.type(`${PLAY} ${options} minute; echo ended-$?`);
  pane.press("Enter");
  await pane.shows("/1:00");
}

/** Processes that play a recording of this pane. */
function players(pane: TmuxPane): number[] {
  return readdirSync("/proc").flatMap((pid) => {
    try {
      const isHere = readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("\0play\0");
      return isHere && readFileSync(`/proc/${pid}/environ`, "utf8").includes(`HOME=${pane.dir}\0`)
        ? [Number(pid)]
        : [];
    } catch {
      return [];
    }
  });
}

async function playerOf(pane: TmuxPane): Promise<number> {
  for (;;) {
    const [pid] = players(pane);
    if (pid !== undefined) return pid;
    await sleep(5);
  }
}

async function gone(pane: TmuxPane): Promise<void> {
  while (players(pane).length > 0) await sleep(20);
}

describe.skipIf(!hasTmux)("cassette play, with a person at the terminal", () => {
  it("pauses, steps, seeks, goes to marks, searches, helps, and leaves", async () => {
    const pane = await openPane(80, 15);
    await aMinute(pane.dir);
    const before = await stateOf(pane);
    await playing(pane);
    pane.press("Space");
    await pane.shows("paused");
    const steps: [key: string, shown: string][] = [
      ["3", "second <18>"],
      [".", "second <19>"],
      [",", "second <18>"],
      ["Right", "second <23>"],
      ["Left", "second <18>"],
      ["S-Right", "second <24>"],
      ["S-Left", "second <18>"],
      ["]", "second <20>"],
      ["0", "second <0>"],
      ["?", "next, previous mark"],
      ["x", "second <0>"],
      ["+", "2x"],
    ];
    for (const [key, shown] of steps) {
      pane.press(key);
      await pane.shows(shown);
    }
    await pane.shows(/=.*\|-/);
    pane.type("/answer");
    await pane.shows("/answer");
    pane.press("Enter");
    await pane.shows("second <42>");
    pane.press("n");
    await pane.shows("not found after here: answer");
    pane.press("9", "Space");
    await pane.shows(/second <5[5-9]>/);
    pane.press("q");
    await pane.shows("ended-0");
    expect(await stateOf(pane)).toBe(before);
  });

  it("ends by itself with the last screen above the prompt", async () => {
    const pane = await openPane(80, 15);
    await aMinute(pane.dir);
    const before = await stateOf(pane);
    pane.type(`${PLAY} minute --from 10 --to 12.5 -s 4; echo ended-$?`);
    pane.press("Enter");
    await pane.shows("ended-0");
    const rows = pane.rows();
    expect(rows[rows.indexOf("ended-0") - 1]).toBe("    second <12>");
    expect(await stateOf(pane)).toBe(before);
  });

  it("shows a part on a smaller terminal, and says so", async () => {
    const pane = await openPane(80, 15);
    await aMinute(pane.dir);
    await playing(pane);
    pane.press("Space", "3");
    await pane.shows("second <18>");
    pane.resize(40, 3);
    await pane.shows("40x2 of 60x10");
    expect(pane.rows().join("\n")).toContain("second <18>");
    pane.resize(80, 15);
    await pane.shows(/18>(?:.*\n)+=.*paused/);
  });

  it.each([...ENDING.entries()])(
    "leaves the terminal as it was on signal %i, %s, at any moment",
    async (index, signal) => {
      const pane = await openPane(80, 15);
      await aMinute(pane.dir);
      const before = await stateOf(pane);
      const moments: [keys: string[], shown: string | null][] = [
        // While it starts: it has no handler yet, or just has.
        [[], null],
        [[], "/1:00"],
        [["/", "a"], "/a"],
        [["?"], "next, previous mark"],
        [["Space", "/", "x", "Enter"], "not found"],
      ];
      // Unless there is time, each signal meets half of the moments.
      const tried = moments.filter((_, moment) => process.env.CASSETTE_SOAK || (moment + index) % 2 === 0);
      for (const [keys, shown] of tried) {
        pane.type(`${PLAY} minute`);
        pane.press("Enter");
        if (shown) await pane.shows("/1:00");
        if (keys.length > 0) pane.press(...keys);
        if (shown) await pane.shows(shown);
        process.kill(await playerOf(pane), signal);
        await gone(pane);
        expect(await stateOf(pane)).toBe(before);
        pane.type("clear");
        pane.press("Enter");
        await pane.shows(/^ready>$/m);
      }
    },
  );

  it("is interrupted by Ctrl+C, and stops for Ctrl+Z and continues", async () => {
    const pane = await openPane(80, 15);
    await aMinute(pane.dir);
    const before = await stateOf(pane);
    await playing(pane);
    pane.press("3", "Space", "C-z");
    await pane.shows(/Stopped/);
    expect(await stateOf(pane)).toBe(before);
    pane.type("fg");
    pane.press("Enter");
    await pane.shows("second <18>");
    pane.press(".");
    await pane.shows("second <19>");
    expect(pane.ask("alternate_on")).toBe("1");
    pane.press("C-c");
    await pane.shows("ready>");
    expect(pane.rows().join("\n")).not.toContain("second <");
    expect(await stateOf(pane)).toBe(before);
  });

  it("ends when its terminal closes", async () => {
    const pane = await openPane(80, 15);
    await aMinute(pane.dir);
    await playing(pane);
    expect(players(pane)).toHaveLength(1);
    pane.kill();
    await gone(pane);
  });

  it("shows the recorded frame until the screen is drawn", async () => {
    const target = await longToDraw(temporaryDirectory());
    const session = await playLong(target);
    let painted = "";
    let pressed = 0;
    for await (const { bytes } of session.output()) {
      painted += Buffer.from(bytes).toString();
      if (pressed === 0 && painted.includes("? help")) pressed = await press("9");
      if (pressed === 1 && painted.includes("as it was recorded")) pressed = await press("");
      if (pressed === 2 && painted.includes("as it is drawn 9")) pressed = await press("q");
    }
    async function press(key: string) {
      await session.sendText(key);
      return pressed + 1;
    }
    expect((await session.wait()).code).toBe(0);
    expect(painted.slice(0, painted.indexOf("as it is drawn 9"))).toContain("drawing ...");
  });

  it("shows the first frame while it verifies, and keeps the keys pressed meanwhile", async () => {
    const session = await playLong(await longToDraw(temporaryDirectory()));
    let painted = "";
    let pressed = "";
    for await (const { bytes } of session.output()) {
      painted += Buffer.from(bytes).toString();
      if (pressed === "" && painted.includes("verifying ...")) await press("9");
      if (pressed === "9" && painted.includes("as it is drawn 9")) await press("q");
    }
    async function press(key: string) {
      pressed = key;
      await session.sendText(key);
    }
    expect((await session.wait()).code).toBe(0);
    expect(painted.slice(0, painted.indexOf("verifying ..."))).toContain("as it was recorded");
  });

  it("leaves the alternate screen before it says that a recording is damaged", async () => {
    const target = await longToDraw(temporaryDirectory());
    appendFileSync(join(target, "output.raw"), "x");
    const session = await playLong(target);
    let painted = "";
    for await (const { bytes } of session.output()) painted += Buffer.from(bytes).toString();
    expect((await session.wait()).code).toBe(1);
    expect(painted.slice(painted.indexOf("\x1b[?1049l"))).toContain("CASSETTE_DIGEST_MISMATCH");
  });

  it("passes bytes on if asked, undoes what they did, and lets no answer reach the shell", async () => {
    const pane = await openPane(80, 15);
    await aMinute(pane.dir);
    const before = await stateOf(pane);
    pane.type(`${PLAY} minute --raw --mode collapsed; echo ended-$?`);
    pane.press("Enter");
    await pane.shows("ended-0");
    expect(await stateOf(pane)).toBe(before);
    await sleep(300);
    expect(pane.rows().join("\n")).not.toMatch(/\d+;\d+[Rc]/);
  });
});

describe("cassette play, into a pipe", () => {
  it("prints the last screen at once, or that of another time", async () => {
    const target = await aMinute(temporaryDirectory());
    const last = { status: 0, stdout: "\n\n    second <59>\n", stderr: "" };
    expect(await cassette(["play", target])).toEqual(last);
    expect(await cassette(["play", target, "--to", "0:42"])).toMatchObject({
      stdout: "\n\n    second <42> answer\n",
    });
  });

  it("prints the last screen of a program that cleared it at its end", async () => {
    const dir = join(import.meta.dirname, "../../format/conformance/go-v1/cassettes/real-vim-tiny");
    expect((await cassette(["play", dir])).stdout.trim()).not.toBe("");
  });

  it("passes no bytes on", async () => {
    const target = await aMinute(temporaryDirectory());
    expect(await cassette(["play", target, "--raw"])).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("cassette cat --raw"),
    });
  });

  it("shows a recording of another writer", async () => {
    const dir = join(import.meta.dirname, "../../format/conformance/go-v1/cassettes/real-less");
    expect((await cassette(["play", dir, "--to", "0"])).stdout).toContain("less-line-0");
  });
});
