import { spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { describe, expect, it } from "vitest";
import { hasTmux } from "../../frames/test/tmux-screen.js";
import { COMMAND, cassette, temporaryDirectory } from "./cassette.js";
import { openPane, type TmuxPane } from "./tmux-pane.js";

const RECORD = `${process.execPath} ${COMMAND} record it.cassette`;
const STOPPED = "The program is stopped";
/** The shell says so too, and asks for the next command. */
const AT_SHELL = /The program is stopped[\s\S]*Stopped[\s\S]*ready>/;

function enter(pane: TmuxPane, line: string): void {
  pane.type(line);
  pane.press("Enter");
}

/** Records a shell program in a pane. */
async function recording(program: string): Promise<TmuxPane> {
  const pane = await openPane();
  writeFileSync(join(pane.dir, "program"), program);
  enter(pane, `${RECORD} -- sh program`);
  return pane;
}

const output = (dir: string) => readFileSync(join(dir, "it.cassette/output.raw"), "latin1");

describe.skipIf(!hasTmux)("cassette record, of a program that stops, with a person at the terminal", () => {
  it.each([
    ["itself", "echo up; kill -STOP $$; echo on; read x; echo got $x"],
    ["a process of its own", "echo up; sh -c 'kill -STOP $$'; echo on; read x; echo got $x"],
  ])("stops with it and continues with it: %s", async (_, program) => {
    const pane = await recording(program);
    await pane.shows(AT_SHELL);
    enter(pane, "stty -a | grep -cw -- -icanon; echo shell-$((1+1))");
    await pane.shows(/^0\nshell-2$/m);
    enter(pane, "fg");
    await pane.shows(/^on$/m);
    enter(pane, "hello");
    await pane.shows("exit 0");
    expect(output(pane.dir)).toContain("got hello");
    expect(readFileSync(join(pane.dir, "it.cassette/input.jsonl"), "utf8")).toContain('"SIGCONT"');
  });

  it("shows the shell its screen while stopped, and restores the program's screen", async () => {
    const draw = "\\033[?1049h\\033[2Jdrawn \\033[31mred\\033[m\\033[?1003h\\033[3;7Hat";
    const pane = await recording(
      `printf '${draw}'; kill -STOP $$; printf ' last'; read x; printf '\\033[?1003l\\033[?1049l'`,
    );
    await pane.shows(AT_SHELL);
    expect([pane.ask("alternate_on"), pane.ask("mouse_any_flag")]).toEqual(["0", "0"]);
    enter(pane, "fg");
    await pane.shows(/^drawn red\n\n {6}at last$/m);
    expect([pane.ask("alternate_on"), pane.ask("mouse_any_flag")]).toEqual(["1", "1"]);
    expect(pane.styled()).toMatch(/drawn \x1b\[31mred/);
    pane.press("Enter");
    await pane.shows("exit 0");
    expect([pane.ask("alternate_on"), pane.ask("mouse_any_flag")]).toEqual(["0", "0"]);
  });

  it("leaves the terminal when the recorder itself is stopped", async () => {
    const pane = await recording("printf '\\033[?1049hdrawn'; read x; printf '\\033[?1049l'");
    await pane.shows("drawn");
    const shell = pane.ask("pane_pid");
    const recorder = Number.parseInt(readFileSync(`/proc/${shell}/task/${shell}/children`, "utf8"), 10);
    process.kill(recorder, "SIGTSTP");
    await pane.shows(/Stopped[\s\S]*ready>/);
    expect(pane.ask("alternate_on")).toBe("0");
    enter(pane, "fg");
    await pane.shows(/^drawn/m);
    pane.press("Enter");
    await pane.shows("exit 0");
  });

  it("says how to continue it when no shell can", async () => {
    const pane = await openPane();
    writeFileSync(join(pane.dir, "program"), "kill -STOP $$; echo on; exit 3");
    // Neither has a shell with jobs.
    enter(pane, `exec sh -c '${RECORD} -- sh program; echo ended; exec sleep 1000'`);
    await pane.shows("No shell can continue it");
    const [, pid] = /kill -CONT (\d+)/.exec(pane.rows().join("\n")) ?? [];
    process.kill(Number(pid), "SIGCONT");
    await pane.shows("exit 3");
    await pane.shows("ended");
  });
});

describe.runIf(process.platform === "linux")(
  "cassette record, of a program that stops, without a person",
  () => {
    it("reports the end once, and lets the time pass", async () => {
      const cwd = temporaryDirectory();
      const args = [
        "record",
        "it.cassette",
        "--headless",
        "--timeout",
        "5s",
        "--",
        "sh",
        "-c",
        "echo up; kill -STOP $$; echo on",
      ];
      const { stderr } = await cassette(args, { cwd });
      expect(stderr.split(STOPPED)).toHaveLength(2);
      expect(stderr).toContain("timed out");
      expect(output(cwd)).toContain("up");
    });

    it("says so again when it stops again, and names what continues it", async () => {
      const cwd = temporaryDirectory();
      const program = "kill -STOP $$; echo on; sleep 3; kill -STOP $$; echo over";
      const child = spawn(
        process.execPath,
        [COMMAND, "record", "it.cassette", "--headless", "--", "sh", "-c", program],
        {
          cwd,
          stdio: ["ignore", "ignore", "pipe"],
        },
      );
      let said = 0;
      for await (const line of createInterface({ input: child.stderr })) {
        const [, pid] = /The program is stopped: `kill -CONT (\d+)`/.exec(line) ?? [];
        if (pid === undefined) continue;
        said++;
        process.kill(Number(pid), "SIGCONT");
      }
      expect(said).toBe(2);
      expect(output(cwd)).toBe("on\r\nover\r\n");
    });
  },
);
