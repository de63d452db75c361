import { spawn } from "node:child_process";
import { join } from "node:path";
import { expect } from "vitest";

const WATCH = join(import.meta.dirname, "programs/watch-for.mjs");

/** What a watch saw. */
export interface Watched<T> {
  result: T;
  /** The places in which a text was seen. */
  seen: string[];
  /** How many processes were looked at. */
  processes: number;
}

/**
 * Looks for texts in all files below a directory during an action.
 * @param recorder the path of a cassette that `cassette record` makes meanwhile: the arguments and the environments of that process and its
 * helpers are looked at too, where the system shows them.
 */
export async function watched<T>(
  needles: readonly string[],
  dir: string,
  work: () => Promise<T>,
  recorder = "",
): Promise<Watched<T>> {
  const watcher = spawn(process.execPath, [WATCH, JSON.stringify(needles), recorder, dir], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  let output = "";
  watcher.stdout.setEncoding("utf8").on("data", (text: string) => {
    output += text;
  });
  const result = await work();
  const ended = new Promise((resolve) => watcher.on("close", resolve));
  watcher.stdin.end();
  await ended;
  const { rounds, seen, processes } = JSON.parse(output);
  expect(rounds).toBeGreaterThan(5);
  return { result, seen, processes };
}
