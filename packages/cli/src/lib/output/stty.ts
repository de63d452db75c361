/** Where systems keep it: PATH may hold no more than a stub. */
const STANDARD_PATH = ":/bin:/usr/bin";

/** Runs `stty` on an open terminal: what it printed, null if it failed. Node's own raw mode keeps turning `\n` into `\r\n`. */
export function stty(terminal: number, ...args: string[]): string | null {
  // Not imported: a stub without a terminal starts sooner.
  const { spawnSync } = process.getBuiltinModule("node:child_process");
  const { status, stdout } = spawnSync("stty", args, {
    stdio: [terminal, "pipe", "ignore"],
    encoding: "utf8",
    env: { ...process.env, PATH: (process.env.PATH ?? "") + STANDARD_PATH },
  });
  return status === 0 ? stdout.trim() : null;
}
