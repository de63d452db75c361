import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { closeSync, mkdtempSync, openSync, rmSync, write, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import type { TerminalSize } from "@cassette/format";
import { plainCapture, type TmuxScreen, type TmuxStep } from "./tmux-screen.js";

const writeSome = promisify(write);
const LONGEST_WAIT_MS = 30_000;
const CONFIGURATION = `
set -g status off
set -g default-terminal tmux-256color
set -g history-limit 1000
set -g allow-rename off
set -g escape-time 0
`;

/** A tmux server of its own that shows one stream of output after another, quickly. */
export interface TmuxServer {
  /** The screen of a new pane whose program wrote these bytes and whose size was changed in between. */
  show(size: TerminalSize, steps: readonly TmuxStep[]): Promise<TmuxScreen>;
  close(): void;
}

/** Starts a server. It is spoken to in control mode, so that nothing has to be started for a question. */
export function startTmuxServer(): TmuxServer {
  const folder = mkdtempSync(join(tmpdir(), "tmux-server-"));
  const name = `cassette-${process.pid}-${randomBytes(4).toString("hex")}`;
  writeFileSync(join(folder, "conf"), CONFIGURATION);
  const env = {
    PATH: process.env.PATH,
    HOME: folder,
    TMUX_TMPDIR: folder,
    LC_ALL: "C.UTF-8",
    TERM: "xterm-256color",
  };
  const options = ["-u", "-L", name, "-f", join(folder, "conf")];
  const client = spawn("tmux", [...options, "-C", "new-session", "sleep 100000"], { env });
  const ask = createAsk(client);
  let streams = 0;

  async function writeStep(fd: number, bytes: Uint8Array, id: string): Promise<void> {
    const end = `shown-${streams}-${randomBytes(4).toString("hex")}`;
    await writeAll(fd, bytes);
    await writeAll(fd, Buffer.from(`\x1b]2;${end}\x1b\\`));
    await until(async () => (await ask(`display-message -p -t ${id} "#{pane_title}"`)) === end);
  }

  async function show({ rows, cols }: TerminalSize, steps: readonly TmuxStep[]): Promise<TmuxScreen> {
    const fifo = join(folder, `stream-${++streams}`);
    execFileSync("mkfifo", [fifo]);
    // Read and write, so that the pane's program does not see an end between two writes.
    const fd = openSync(fifo, "r+");
    const program = `stty raw -echo; cat ${fifo}`;
    const id = await ask(`new-window -d -P -F "#{pane_id}" "${program}"`);
    try {
      await ask(`resize-window -t ${id} -x ${cols} -y ${rows}`);
      await writeStep(fd, Buffer.from("\x1bc"), id);
      await ask(`clear-history -t ${id}`);
      for (const step of steps) {
        if (step instanceof Uint8Array) await writeStep(fd, step, id);
        else await ask(`resize-window -t ${id} -x ${step.cols} -y ${step.rows}`);
      }
      const [row, col, alternate] = (
        await ask(`display-message -p -t ${id} "#{cursor_y} #{cursor_x} #{alternate_on}"`)
      )
        .split(" ")
        .map(Number);
      const text = plainCapture(`${await ask(`capture-pane -p -e -t ${id}`)}\n`);
      return { text, cursor: { Row: row ?? 0, Col: col ?? 0 }, alternate: alternate === 1 };
    } finally {
      await ask(`kill-pane -t ${id}`);
      closeSync(fd);
      rmSync(fifo, { force: true });
    }
  }

  return {
    show,
    close() {
      client.stdin?.end();
      try {
        execFileSync("tmux", [...options, "kill-server"], { env, stdio: "ignore" });
      } catch {
        // It may have ended with its client.
      }
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Sends commands in control mode and gives what each prints, between `%begin` and `%end`. */
function createAsk(client: ChildProcess): (command: string) => Promise<string> {
  const waiting: { resolve: (text: string) => void; reject: (error: Error) => void }[] = [];
  let lines: string[] | null = null;
  const { stdin, stdout } = client;
  if (stdin === null || stdout === null) throw new Error("tmux has no pipes.");
  // The first block is that of new-session itself.
  waiting.push({ resolve: () => {}, reject: () => {} });
  createInterface({ input: stdout }).on("line", (line) => {
    if (line.startsWith("%begin ")) lines = [];
    else if (line.startsWith("%end ") || line.startsWith("%error ")) {
      const text = (lines ?? []).join("\n");
      lines = null;
      const next = waiting.shift();
      if (line.startsWith("%end ")) next?.resolve(text);
      else next?.reject(new Error(`tmux refused: ${text}`));
    } else lines?.push(line);
  });
  return (command) =>
    new Promise((resolve, reject) => {
      waiting.push({ resolve, reject });
      stdin.write(`${command}\n`);
    });
}

/** Not synchronously: tmux reads no more while its own messages are not read. */
async function writeAll(fd: number, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length; ) at += (await writeSome(fd, bytes, at)).bytesWritten;
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + LONGEST_WAIT_MS;
  for (let waitMs = 0; !(await isSo()); waitMs = Math.min(10, waitMs + 1)) {
    if (Date.now() > deadline) throw new Error("tmux did not show what it was given.");
    await sleep(waitMs);
  }
}
