import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { hasTmux, tmuxScreen } from "../../frames/test/tmux-screen.js";
import { cassette, temporaryDirectory } from "./cassette.js";

const has = (program: string) => spawnSync("which", [program], { stdio: "ignore" }).status === 0;
const NUMBERS = Array.from({ length: 80 }, (_, i) => `line-${String(i + 1).padStart(3, "0")}`).join("\n");

interface Case {
  program: string;
  argv: string[];
  size?: { cols: number; rows: number };
  script?: object[];
  /** On the last screen. */
  shows?: string;
  exit?: object;
}

const EXITED = { Code: 0, Signal: "", Exited: true, Signaled: false, Err: null };

const cases: Case[] = [
  {
    program: "top",
    argv: ["top", "-d", "0.3"],
    size: { cols: 100, rows: 30 },
    script: [
      { wait: "load average" },
      { press: "h" },
      { wait: "Help for Interactive" },
      { press: "Escape" },
      { wait: "PID" },
      { press: "q" },
    ],
    shows: "PID",
  },
  {
    program: "less",
    argv: ["less", "-X", "numbers.txt"],
    size: { cols: 72, rows: 20 },
    script: [
      { wait: "line-001" },
      { press: "Space" },
      { wait: "line-038" },
      { type: "/line-070" },
      { press: "Enter" },
      { wait: "line-070" },
      { press: "q" },
    ],
    shows: "line-070",
  },
  {
    program: "vim",
    argv: ["vim", "-u", "NONE", "-N", "-i", "NONE", "--cmd", "set t_ti= t_te=", "numbers.txt"],
    size: { cols: 76, rows: 22 },
    script: [
      { wait: "line-001" },
      { type: "GOadded at the end" },
      { press: "Escape" },
      { type: ":set nu" },
      { press: "Enter" },
      { wait: "80 added" },
      { type: ":q!" },
      { press: "Enter" },
    ],
    shows: "added at the end",
  },
  {
    program: "python3",
    argv: ["python3", "-q"],
    script: [
      { wait: ">>>" },
      { type: "print('wide 世界', 6 * 7)" },
      { press: "Enter" },
      { wait: "世界 42" },
      { type: "exit()" },
      { press: "Enter" },
    ],
    shows: "wide 世界 42",
  },
  {
    program: "git",
    argv: ["git", "--no-pager", "log", "--color=always", "--stat", "--graph"],
    shows: "1 file changed",
  },
  { program: "sh", argv: ["sh", "-c", "echo bye; exit 7"], shows: "bye", exit: { ...EXITED, Code: 7 } },
  {
    program: "sh",
    argv: ["sh", "-c", "echo going; kill -KILL $$"],
    shows: "going",
    exit: { Code: -1, Signal: "killed", Exited: false, Signaled: true, Err: null },
  },
];

describe("cassette record, of real programs", () => {
  for (const { program, argv, size = { cols: 80, rows: 24 }, script, shows, exit = EXITED } of cases) {
    it.skipIf(!has(program) || !hasTmux)(
      `${argv.join(" ").slice(0, 60)}: the last frame is what tmux shows`,
      async () => {
        const dir = temporaryDirectory();
        writeFileSync(join(dir, "numbers.txt"), `${NUMBERS}\n`);
        if (program === "git") makeRepository(dir);
        const target = join(dir, "it.cassette");
        const scripted = script ? ["--script", join(dir, "script.json")] : [];
        if (script) writeFileSync(join(dir, "script.json"), JSON.stringify(script));
        const { cols, rows } = size;
        const env = { ...process.env, TERM: "xterm-256color", LANG: "C.UTF-8" };

        const recorded = await cassette(
          ["record", target, ...scripted, "--window-size", `${cols}x${rows}`, "--", ...argv],
          { cwd: dir, env },
        );
        expect(recorded).toMatchObject({ status: 0 });
        expect(await cassette(["verify", target])).toMatchObject({
          status: 0,
          stdout: expect.stringMatching(/^ok /),
        });
        expect(await cassette(["play", target, "--mode", "collapsed"])).toMatchObject({ status: 0 });

        const last = await cassette(["frames", target, "--last", "--json"]);
        const frame = JSON.parse(last.stdout) as { text: string[]; size: object };
        const final = JSON.parse(readFileSync(join(target, "final.json"), "utf8")) as { exit: object };
        expect(frame.size).toEqual({ Rows: rows, Cols: cols });
        expect(final.exit).toEqual(exit);
        if (shows) expect(frame.text.join("\n")).toContain(shows);
        const shown = await tmuxScreen(size, [readFileSync(join(target, "output.raw"))]);
        expect(frame.text).toEqual(shown.text);
      },
    );
  }
});

/** A history with a merge, so that the log has a graph to draw. */
function makeRepository(dir: string): void {
  const author = ["-c", "user.name=Ada", "-c", "user.email=ada@example.com"];
  const git = (...args: string[]) => execFileSync("git", [...author, ...args], { cwd: dir, stdio: "ignore" });
  git("init", "-b", "main");
  git("add", "numbers.txt");
  git("commit", "-m", "Add the numbers");
  git("checkout", "-b", "other");
  writeFileSync(join(dir, "numbers.txt"), "世界\n");
  git("commit", "-a", "-m", "Replace the numbers");
  git("checkout", "main");
  git("merge", "--no-ff", "-m", "Merge the other branch", "other");
}
