import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { accessSync, constants } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import type { TerminalSize } from "@cassette/format";

const run = promisify(execFile);

/** What tmux shows. */
export interface TmuxScreen {
  /** One string a row, trailing U+0020 trimmed. */
  text: string[];
  cursor: { Row: number; Col: number };
  alternate: boolean;
}

/** A step of what a pane goes through. */
export type TmuxStep = Uint8Array | TerminalSize;

const LONGEST_WAIT_MS = 15_000;
const CONFIGURATION = `
set -g status off
set -g default-terminal tmux-256color
set -g allow-rename off
set -g escape-time 0
`;

/** Whether this machine has tmux. */
export const hasTmux = (process.env.PATH ?? "").split(delimiter).some((folder) => {
  try {
    accessSync(join(folder, "tmux"), constants.X_OK);
    return true;
  } catch {
    return false;
  }
});

/**
 * The screen of a tmux pane of a size whose program wrote these bytes (and whose size was changed in between). Uses a
 * server of its own and leaves nothing behind.
 */
export async function tmuxScreen(size: TerminalSize, steps: readonly TmuxStep[]): Promise<TmuxScreen> {
  const folder = await mkdtemp(join(tmpdir(), "tmux-screen-"));
  const name = `cassette-${process.pid}-${randomBytes(4).toString("hex")}`;
  const tmux = (...args: string[]) =>
    run("tmux", ["-u", "-L", name, "-f", join(folder, "conf"), ...args], {
      env: {
        PATH: process.env.PATH,
        HOME: folder,
        TMUX_TMPDIR: folder,
        TERM: "xterm-256color",
        LC_ALL: "C.UTF-8",
      },
    }).then(({ stdout }) => stdout);
  const ask = (format: string) => tmux("display-message", "-p", format).then((answer) => answer.trim());
  try {
    await writeFile(join(folder, "conf"), CONFIGURATION);
    await writeProgram(folder, steps);
    await tmux("new-session", "-d", "-x", String(size.cols), "-y", String(size.rows), `sh ${folder}/program`);
    for (const [index, step] of steps.entries()) {
      if (step instanceof Uint8Array) {
        await writeFile(join(folder, `go-${index}`), "");
        await until(async () => (await ask("#{pane_title}")) === `shown-${index}`);
      } else {
        await tmux("resize-window", "-x", String(step.cols), "-y", String(step.rows));
      }
    }
    const [row, col, alternate] = (await ask("#{cursor_y} #{cursor_x} #{alternate_on}"))
      .split(" ")
      .map(Number);
    return {
      text: plainCapture(await tmux("capture-pane", "-p", "-e")),
      cursor: { Row: row ?? 0, Col: col ?? 0 },
      alternate: alternate === 1,
    };
  } finally {
    await tmux("kill-server").catch(() => {});
    await rm(folder, { recursive: true, force: true });
  }
}

/** What tmux draws with the line-drawing set it writes as letters between SO and SI. */
const LINE_DRAWING = new Map(
  [..."`◆a▒f°g±h␤i␋j┘k┐l┌m└n┼o⎺p⎻q─r⎼s⎽t├u┤v┴w┬x│y≤z≥{π|≠}£~·"].flatMap((letter, at, all) =>
    at % 2 === 0 ? [[letter, all[at + 1] ?? letter] as const] : [],
  ),
);

/** The rows of a capture without its colours. */
export function plainCapture(capture: string): string[] {
  return capture
    .replace(/\n$/, "")
    .replace(/\x1b\[[\d;:]*m/g, "")
    .replace(/\x0e([^\x0f]*)\x0f?/g, (_, letters: string) =>
      Array.from(letters, (letter) => LINE_DRAWING.get(letter) ?? letter).join(""),
    )
    .split("\n")
    .map((row) => row.replace(/ +$/, ""));
}

/**
 * Writes the pane's program: each step on request, then a title, which tmux can be asked for and shows that it has
 * taken everything before.
 */
async function writeProgram(folder: string, steps: readonly TmuxStep[]): Promise<void> {
  const lines = ["stty raw -echo"];
  for (const [index, step] of steps.entries()) {
    if (!(step instanceof Uint8Array)) continue;
    await writeFile(join(folder, `bytes-${index}`), step);
    lines.push(`until [ -e ${folder}/go-${index} ]; do sleep 0.01; done`);
    lines.push(`cat ${folder}/bytes-${index}`, `printf '\\033]2;shown-${index}\\033\\\\'`);
  }
  lines.push("exec sleep 1000");
  await writeFile(join(folder, "program"), lines.join("\n"));
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + LONGEST_WAIT_MS;
  while (!(await isSo())) {
    if (Date.now() > deadline) throw new Error("tmux did not show what it was given.");
    await sleep(5);
  }
}
