import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import { cassette, temporaryDirectory } from "./cassette.js";

/** The input of a driver that knows nothing of recordings; text stands for bytes. */
export type Step =
  | { wait: string }
  | { send: string; piece?: number; delay?: number }
  | { resize: [rows: number, cols: number] }
  | { hangup: true };

/** What is typed in a session, by the script's steps and by a driver's. */
export interface Session {
  argv: [string, ...string[]];
  files?: Record<string, string>;
  /** Prepares the directory the program runs in. */
  prepare?: string;
  script: object[];
  steps: Step[];
}

/** Sessions of real programs: a prompt, screens, a password, a signal. */
export const SESSIONS = {
  python3: {
    argv: ["python3", "-q"],
    script: [{ wait: ">>>" }, { type: "print(6*7)\r" }, { wait: "42" }, { type: "exit(3)\r" }],
    steps: [{ wait: ">>>" }, { send: "print(6*7)\r" }, { wait: "42" }, { send: "exit(3)\r" }],
  },
  bash: {
    argv: ["bash", "--norc", "--noprofile", "-i"],
    script: [{ wait: "bash-" }, { type: "echo a$((1+1))\r" }, { wait: "a2" }, { press: "Ctrl+D" }],
    steps: [{ wait: "bash-" }, { send: "echo a$((1+1))\r" }, { wait: "a2" }, { send: "\x04" }],
  },
  vim: {
    argv: ["vim", "-u", "NONE", "-N", "-i", "NONE", "note.txt"],
    script: [{ wait: "note.txt" }, { type: "ihello" }, { press: "Escape" }, { type: ":q!\r" }],
    steps: [{ wait: "note.txt" }, { send: "ihello\x1b" }, { send: ":q!\r" }],
  },
  less: {
    argv: ["less", "lines.txt"],
    files: { "lines.txt": Array.from({ length: 100 }, (_, index) => `line ${index}\n`).join("") },
    script: [{ wait: "line 5" }, { press: "Space" }, { wait: "line 30" }, { type: "q" }],
    steps: [{ wait: "line 5" }, { send: " " }, { wait: "line 30" }, { send: "q" }],
  },
  "git add -p": {
    argv: ["git", "-c", "color.ui=always", "add", "-p"],
    prepare: "git init -q . && echo one > f && git add f && echo two >> f",
    script: [{ wait: "Stage this hunk" }, { type: "y\r" }],
    steps: [{ wait: "Stage this hunk" }, { send: "y\r" }],
  },
  "a password prompt": {
    argv: [
      "python3",
      "-c",
      "import getpass; getpass.getpass('Password: '); print('thanks'); raise SystemExit(4)",
    ],
    script: [{ wait: "Password:" }, { sleep: "100ms" }, { type: "hunter2\r" }, { wait: "thanks" }],
    steps: [{ wait: "Password:" }, { send: "another\r" }, { wait: "thanks" }],
  },
  "a full-screen agent": {
    argv: ["python3", join(import.meta.dirname, "programs/agent.py")],
    script: [
      { wait: "ready" },
      { type: "greet the world\r" },
      { wait: "Allow the edit?" },
      { type: "y\r" },
      { wait: "note.txt changed" },
      { type: "/exit\r" },
    ],
    steps: [
      { wait: "ready" },
      { send: "greet the world\r" },
      { wait: "Allow the edit?" },
      { send: "y\r" },
      { wait: "note.txt changed" },
      { send: "/exit\r" },
    ],
  },
  "a program that ends by a signal": {
    argv: ["sh", "-c", "echo up; read line; kill -TERM $$"],
    script: [{ wait: "up" }, { type: "go\r" }],
    steps: [{ wait: "up" }, { send: "go\r" }],
  },
} satisfies Record<string, Session>;

/** Records a session of the real program, by the command. */
export async function recorded(
  session: Session,
  dir: string = temporaryDirectory(),
): Promise<{ dir: string; cassettePath: string }> {
  const { argv, files = {}, prepare = ":", script } = session;
  for (const [name, text] of Object.entries(files)) writeFileSync(join(dir, name), text);
  execFileSync("sh", ["-c", prepare], { cwd: dir });
  writeFileSync(join(dir, "script.json"), JSON.stringify(script));
  const outcome = await cassette(["record", "it", "--script", "script.json", "--", ...argv], { cwd: dir });
  expect(outcome).toMatchObject({ status: 0 });
  return { dir, cassettePath: join(dir, "it") };
}
