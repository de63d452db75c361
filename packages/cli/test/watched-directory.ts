import { spawn } from "node:child_process";
import { join } from "node:path";
import { expect } from "vitest";

const WATCH = join(import.meta.dirname, "programs/watch-for.mjs");

/** Looks for texts in all files below a directory while something goes on. */
export async function watched<T>(
  dir: string,
  needles: readonly string[],
  work: () => Promise<T>,
): Promise<{ result: T; seen: string[] }> {
  const watcher = spawn(process.execPath, [WATCH, JSON.stringify(needles), dir], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  let printed = "";
  watcher.stdout.setEncoding("utf8").on("data", (text: string) => {
    printed += text;
  });
  const result = await work();
  const ended = new Promise((resolve) => watcher.on("close", resolve));
  watcher.stdin.end();
  await ended;
  const { rounds, seen } = JSON.parse(printed);
  expect(rounds).toBeGreaterThan(5);
  return { result, seen };
}
