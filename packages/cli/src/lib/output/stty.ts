/** The usual places: PATH may contain only a stub. */
const STANDARD_PATH = ":/bin:/usr/bin";

/** Runs `stty` on an open terminal. @returns its output, null if it failed. Node's own raw mode keeps turning `\n` into `\r\n`. */
export function stty(terminal: number, ...args: string[]): string | null {
  // Loaded on demand: a stub without a terminal starts sooner.
  const { spawnSync } = process.getBuiltinModule("node:child_process");
  const { status, stdout } = spawnSync("stty", args, {
    stdio: [terminal, "pipe", "ignore"],
    encoding: "utf8",
    env: { ...process.env, PATH: (process.env.PATH ?? "") + STANDARD_PATH },
  });
  return status === 0 ? stdout.trim() : null;
}
