import { execFileSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** What to show in tmux. */
export interface TmuxScreenOptions {
  rows: number;
  cols: number;
  /** File with the terminal's bytes. */
  rawFile: string;
  /** Where scripts may be put. */
  dir: string;
}

/**
 * Feeds bytes to tmux and reads its screen: an emulator that has nothing in common with ours.
 * @returns one string a row, trailing spaces trimmed
 */
export async function tmuxScreen({ rows, cols, rawFile, dir }: TmuxScreenOptions): Promise<string[]> {
  const socket = `cassette-${randomUUID()}`;
  const done = `done-${randomUUID()}`;
  const config = join(dir, "tmux.conf");
  const feed = join(dir, "feed.sh");
  writeFileSync(
    config,
    "set -g status off\nset -g remain-on-exit on\nset -g default-terminal screen-256color\n",
  );
  // The title is set by the bytes that follow the last one, so whoever sees it sees a screen that is complete.
  writeFileSync(feed, `stty raw -echo\ncat '${rawFile}'\nprintf '\\033]2;${done}\\007'\nexec sleep 1000\n`);
  const tmux = (...args: string[]) =>
    execFileSync("tmux", ["-L", socket, "-f", config, ...args], {
      encoding: "utf8",
      env: { ...process.env, TMUX: "" },
    });
  try {
    tmux("new-session", "-d", "-x", String(cols), "-y", String(rows), `sh '${feed}'`);
    await until(() => tmux("display-message", "-p", "#{pane_title}").trim() === done);
    const text = tmux("capture-pane", "-p");
    return Array.from({ length: rows }, (_, row) => (text.split("\n")[row] ?? "").trimEnd());
  } finally {
    tmux("kill-server");
  }
}

async function until(holds: () => boolean): Promise<void> {
  for (let attempt = 0; attempt < 600; attempt++) {
    if (holds()) return;
    await sleep(50);
  }
  throw new Error("tmux did not show the bytes within half a minute");
}
