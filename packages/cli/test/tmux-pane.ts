import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { onTestFinished } from "vitest";

/** A shell on a terminal, used as a person would. */
export interface TmuxPane {
  /** The shell's working directory. */
  readonly dir: string;
  /** Types text literally. */
  type(text: string): void;
  /** Presses keys by tmux's names: `Enter`, `C-c`. */
  press(...keys: string[]): void;
  resize(cols: number, rows: number): void;
  /** The current rows. */
  rows(): string[];
  /** The rows with their attributes, as control sequences. */
  styled(): string;
  /** A value of tmux's formats, of the pane: `alternate_on`, `mouse_any_flag`. */
  ask(format: string): string;
  /** Waits until the screen shows it. @throws Error with the screen when it does not within 20 s. */
  shows(pattern: string | RegExp): Promise<void>;
  /** Closes the terminal while programs run on it. */
  kill(): void;
}

const LONGEST_WAIT_MS = 20_000;

/** Opens a pane with a shell in a directory of its own; all of it is gone after the test. */
export async function openPane(cols = 90, rows = 20): Promise<TmuxPane> {
  const dir = mkdtempSync(join(tmpdir(), "cassette-pane-"));
  const socket = `cassette-${process.pid}-${randomBytes(4).toString("hex")}`;
  const env = {
    PATH: process.env.PATH,
    HOME: dir,
    TMUX_TMPDIR: dir,
    TERM: "xterm-256color",
    LC_ALL: "C.UTF-8",
  };
  const tmux = (...args: string[]) =>
    execFileSync("tmux", ["-u", "-L", socket, "-f", "/dev/null", ...args], {
      env,
      encoding: "utf8",
      cwd: dir,
    });
  onTestFinished(async () => {
    try {
      tmux("kill-server");
    } catch {
      // It ended with its last pane.
    }
    await removeFolder(dir);
  });
  tmux("new-session", "-d", "-x", String(cols), "-y", String(rows), "sh");
  const rowsNow = () =>
    tmux("capture-pane", "-p")
      .split("\n")
      .map((row) => row.trimEnd());

  const pane: TmuxPane = {
    dir,
    type: (text) => void tmux("send-keys", "-l", "--", text),
    press: (...keys) => void tmux("send-keys", ...keys),
    resize: (width, height) => void tmux("resize-window", "-x", String(width), "-y", String(height)),
    rows: rowsNow,
    styled: () => tmux("capture-pane", "-p", "-e"),
    ask: (format) => tmux("display-message", "-p", `#{${format}}`).trim(),
    async shows(pattern) {
      const deadline = Date.now() + LONGEST_WAIT_MS;
      for (;;) {
        const screen = rowsNow().join("\n");
        if (typeof pattern === "string" ? screen.includes(pattern) : pattern.test(screen)) return;
        if (Date.now() > deadline) throw new Error(`${pattern} is not on the screen:\n${screen}`);
        await sleep(20);
      }
    },
    kill: () => void tmux("kill-pane"),
  };
  await pane.shows(/[#$]/);
  // Written in two parts: what is typed must not look like what is waited for.
  pane.type("PS1='rea''dy> '");
  pane.press("Enter");
  await pane.shows("ready>");
  return pane;
}

/** Programs that lost their terminal may still write into it. */
async function removeFolder(dir: string): Promise<void> {
  for (let left = 50; ; left--) {
    try {
      return rmSync(dir, { recursive: true, force: true });
    } catch (error) {
      if (left === 0) throw error;
      await sleep(100);
    }
  }
}
