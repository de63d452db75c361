import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { openCassette } from "@cassette/core/reader";
import { describe, expect, it } from "vitest";
import { hasTmux } from "../../frames/test/tmux-screen.js";
import { COMMAND } from "./cassette.js";
import { openPane, type TmuxPane } from "./tmux-pane.js";

/** From the command's first steps to after its end; where each falls depends on the machine, what must hold does not. */
const MOMENTS_MS = process.env.CASSETTE_SOAK
  ? Array.from({ length: 60 }, (_, index) => index * 15)
  : [10, 120, 240, 400, 700];

function enter(pane: TmuxPane, line: string): void {
  pane.type(line);
  pane.press("Enter");
}

async function modes(pane: TmuxPane, file: string): Promise<string> {
  enter(pane, `stty -a | sed 1d > ${file}; echo $? done-${file}`);
  await pane.shows(`0 done-${file}`);
  return readFileSync(join(pane.dir, file), "utf8");
}

/** The process that the pane's shell waits for; undefined if there is none. */
function childOf(pane: TmuxPane): number | undefined {
  const shell = pane.ask("pane_pid");
  return Number.parseInt(readFileSync(`/proc/${shell}/task/${shell}/children`, "utf8"), 10) || undefined;
}

async function running(pane: TmuxPane): Promise<number> {
  for (;;) {
    const child = childOf(pane);
    if (child !== undefined) return child;
    await sleep(5);
  }
}

describe.skipIf(!hasTmux)("cassette record, interrupted at bad moments", () => {
  it.each(MOMENTS_MS)("leaves a usable terminal and no half cassette after %i ms", async (ms) => {
    const pane = await openPane();
    const before = await modes(pane, "before");
    const draw = "printf '\\033[?1049h\\033[?25l\\033[c\\033[6ndrawn'; sleep 0.2";
    enter(
      pane,
      `${process.execPath} ${COMMAND} record -q it.cassette -- sh -c "${draw}"; echo ended-$((1+1))`,
    );
    const recorder = await running(pane);
    await sleep(ms);
    if (childOf(pane) === recorder) process.kill(recorder, "SIGTERM");
    await pane.shows("ended-2");
    expect(await modes(pane, "after")).toBe(before);
    expect([pane.ask("alternate_on"), pane.ask("cursor_flag")]).toEqual(["0", "1"]);
    const target = join(pane.dir, "it.cassette");
    if (existsSync(target)) await (await openCassette(target)).close();
    expect(readdirSync(pane.dir).filter((name) => name.includes(".spool-"))).toEqual([]);
  });

  it("gives the terminal back while it is stopped, and takes it again", async () => {
    const pane = await openPane();
    enter(pane, "set -m");
    const before = await modes(pane, "before");
    enter(pane, `${process.execPath} ${COMMAND} record -q it.cassette -- sh -c 'echo up; exec cat -v'`);
    await pane.shows(/^up$/m);
    process.kill(await running(pane), "SIGTSTP");
    await pane.shows("Stopped");
    expect(await modes(pane, "stopped")).toBe(before);
    enter(pane, "fg");
    await sleep(300);
    enter(pane, "again");
    await pane.shows(/again\nagain/);
    pane.press("C-c");
    await pane.shows(/ready>\s*$/);
    expect(await modes(pane, "after")).toBe(before);
    await using cassette = await openCassette(join(pane.dir, "it.cassette"));
    expect(cassette.final.exit).toMatchObject({ Signal: "interrupt" });
  });
});
