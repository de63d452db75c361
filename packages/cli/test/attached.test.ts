import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { openCassette } from "@cassette/core/reader";
import { type CassetteEvent, isCassetteError } from "@cassette/format";
import { describe, expect, it } from "vitest";
import { hasTmux } from "../../frames/test/tmux-screen.js";
import { COMMAND } from "./cassette.js";
import { openPane, type TmuxPane } from "./tmux-pane.js";

const RECORD = `${process.execPath} ${COMMAND} record it.cassette`;

/** What tmux knows of a terminal that a program may change. */
const FLAGS = [
  "alternate_on",
  "cursor_flag",
  "insert_flag",
  "keypad_cursor_flag",
  "keypad_flag",
  "mouse_any_flag",
  "origin_flag",
  "scroll_region_lower",
  "scroll_region_upper",
  "wrap_flag",
];

/** Types a command line and presses Enter. */
function enter(pane: TmuxPane, line: string): void {
  pane.type(line);
  pane.press("Enter");
}

async function eventsOf(pane: TmuxPane): Promise<CassetteEvent[]> {
  await using cassette = await openCassette(join(pane.dir, "it.cassette"));
  const events: CassetteEvent[] = [];
  for await (const event of cassette.events()) events.push(event);
  return events;
}

/** Waits for a cassette that another process is about to finish. */
async function sealed(pane: TmuxPane): Promise<CassetteEvent[]> {
  for (let tries = 0; ; tries++) {
    try {
      return await eventsOf(pane);
    } catch (error) {
      if (tries > 400 || !isCassetteError(error)) throw error;
      await sleep(50);
    }
  }
}

/** The modes of the pane's terminal, its size apart. */
async function modes(pane: TmuxPane, file: string): Promise<string> {
  enter(pane, `stty -a | sed 1d > ${file}; echo $? done-${file}`);
  await pane.shows(`0 done-${file}`);
  return readFileSync(join(pane.dir, file), "utf8");
}

const typed = (events: CassetteEvent[]) =>
  events.flatMap(({ kind, record }) =>
    kind === "input" && record.bytes && !record.answer ? [Buffer.from(record.bytes).toString()] : [],
  );

describe.skipIf(!hasTmux)("cassette record, with a person at the terminal", () => {
  it("reports that the terminal's cursor and the frames' differ", async () => {
    const pane = await openPane();
    writeFileSync(
      join(pane.dir, "ask"),
      "stty raw -echo min 0 time 20; printf '\\r👩\u200d💻\\033[6n'; dd count=1 2>/dev/null | od -c; stty sane",
    );
    enter(pane, `${RECORD} -- sh ask`);
    await pane.shows("another column than the frames (1×)");
    await pane.shows("--widths graphemes");
    enter(pane, `clear; ${RECORD} --overwrite --widths graphemes -- sh ask; echo over`);
    await pane.shows(/^over$/m);
    expect(pane.rows().join("\n")).not.toContain("another column");
  });

  it("passes keys, output and size through, and takes marks out", async () => {
    const pane = await openPane();
    const before = await modes(pane, "before");
    enter(pane, `${RECORD} -- sh -c 'echo up; exec cat -v'`);
    await pane.shows(/^up$/m);
    enter(pane, "hello");
    await pane.shows(/hello\nhello/);
    pane.press("C-\\");
    pane.resize(70, 15);
    pane.press("Up", "Enter");
    await pane.shows("^[[A");
    pane.press("C-d");
    await pane.shows("it.cassette: ");
    expect(await modes(pane, "after")).toBe(before);

    const events = await eventsOf(pane);
    expect(typed(events).join("")).toBe("hello\r\x1b[A\r\x04");
    const sizes = events.flatMap(({ kind, record }) =>
      kind === "input" && record.size ? [record.size] : [],
    );
    expect(sizes).toEqual([{ Rows: 15, Cols: 70 }]);
    const marks = events.flatMap(({ kind, record }) =>
      kind === "service-event" ? [JSON.parse(record.payload.json)] : [],
    );
    expect(marks).toEqual([{ type: "cassette.mark", label: "mark 1" }]);
    expect(events[0]).toMatchObject({ kind: "output" });
    await using cassette = await openCassette(join(pane.dir, "it.cassette"));
    expect(cassette.manifest.terminal).toMatchObject({ initial_rows: 20, initial_cols: 90 });
  });

  it("distinguishes the terminal's answers from typing, and leaves none for the shell", async () => {
    const pane = await openPane();
    const ask =
      "import os,sys,tty,time;tty.setraw(0);os.write(1,b'\\x1b[c\\x1b[6n');time.sleep(0.5);os.read(0,99);os.write(1,b'asked\\r\\n')";
    enter(pane, `${RECORD} -- python3 -c "${ask}"`);
    await pane.shows("it.cassette: ");
    const answers = (await eventsOf(pane)).filter(({ kind, record }) => kind === "input" && record.answer);
    expect(answers.length).toBeGreaterThan(0);
    enter(pane, "echo clean-$((1+1))");
    await pane.shows("clean-2");
    expect(pane.rows().join("\n")).not.toMatch(/\[\?|;\d+R/);
  });

  it("lets Ctrl-C reach the program", async () => {
    const pane = await openPane();
    enter(pane, `${RECORD} -- sh -c 'trap "echo caught; exit 3" INT; echo up; while :; do sleep 0.05; done'`);
    await pane.shows(/^up$/m);
    pane.press("C-c");
    await pane.shows("exit 3,");
    expect((await eventsOf(pane)).at(-1)?.record).toMatchObject({ exit: { Code: 3 } });
  });

  it("never records what is typed at a password prompt", async () => {
    const pane = await openPane();
    enter(pane, `${RECORD} -- python3 -c 'import getpass; getpass.getpass("Password: "); print("thanks")'`);
    await pane.shows(/^Password:/m);
    await sleep(100);
    enter(pane, "hunter2-secret");
    await pane.shows("it.cassette: ");
    const events = await eventsOf(pane);
    expect(typed(events)).toEqual([]);
    expect(events.filter(({ kind, record }) => kind === "input" && record.withheld)).toHaveLength(1);
  });

  it.each([
    ["on the other screen", "\\033[?1049h\\033[3;9r\\033[?6h\\033[?25l\\033[?1000h\\033[?2004hdrawn"],
    [
      "on the first screen",
      "\\033[2J\\033[?1h\\033=\\033[4h\\033[?7l\\033[?25l\\033[?1003h\\033[3;9r\\033)0\\016\\033[7mdrawn",
    ],
    ["in origin mode", "\\033[3;9r\\033[?6h\\033[31mdrawn"],
    ["within a sequence", "\\033[?1049h\\033[?25ldrawn\\033]0;half"],
  ])("puts the terminal back when a program dies %s", async (_, output) => {
    const pane = await openPane();
    const before = await modes(pane, "before");
    const flags = () => FLAGS.map((flag) => `${flag} ${pane.ask(flag)}`);
    const flagsBefore = flags();
    writeFileSync(join(pane.dir, "program"), `printf '${output}'; kill -9 $$`);
    enter(pane, `${RECORD} -- sh program`);
    await pane.shows("SIGKILL");
    enter(pane, "echo plain-$((1+1))");
    await pane.shows("plain-2");
    expect(flags()).toEqual(flagsBefore);
    expect(pane.styled()).not.toMatch(/\x1b\[[\d;]*m.*plain-2/);
    expect(await modes(pane, "after")).toBe(before);
  });

  it.each(["TERM", "INT", "HUP"])(
    "ends cleanly on SIG%s: a sealed cassette and a usable terminal",
    async (signal) => {
      const pane = await openPane();
      const before = await modes(pane, "before");
      enter(pane, `${RECORD} -- sh -c 'echo up; exec sleep 1000'`);
      await pane.shows(/^up$/m);
      const [recorder] = pane.ask("pane_pid") && [childOf(pane.ask("pane_pid"))];
      process.kill(Number(recorder), `SIG${signal}`);
      await pane.shows("interrupted");
      expect((await eventsOf(pane)).at(-1)?.record).toMatchObject({ metadata: { interrupted: true } });
      expect(await modes(pane, "after")).toBe(before);
    },
  );

  it("uses 80x24 when the terminal has no size", async () => {
    const pane = await openPane();
    enter(pane, `stty rows 0 cols 0; ${RECORD} -- stty size`);
    await pane.shows(/^24 80$/m);
    await pane.shows("exit 0");
  });

  it.each([
    ["that is quiet", "echo up; exec sleep 1000"],
    ["that keeps printing", "echo up; while :; do echo more; sleep 0.01; done"],
    [
      "that says something when it is hung up",
      `trap 'echo bye; exit' HUP; echo up; while :; do sleep 0.01; done`,
    ],
    ["on the other screen", `printf '\\033[?1049hup\\r\\n'; exec sleep 1000`],
  ])("seals what was recorded of a program %s when the terminal is closed", async (_, program) => {
    const pane = await openPane();
    writeFileSync(join(pane.dir, "program"), program);
    enter(pane, `${RECORD} -- sh program`);
    await pane.shows(/^(?:up|more)$/m);
    pane.kill();
    expect((await sealed(pane)).at(-1)?.record).toMatchObject({ metadata: { interrupted: true } });
    expect(existsSync(join(pane.dir, "it.cassette/.gitattributes"))).toBe(true);
  });
});

/** The process that a shell waits for. */
function childOf(shell: string): number {
  return Number.parseInt(readFileSync(`/proc/${shell}/task/${shell}/children`, "utf8"), 10);
}
