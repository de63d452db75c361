import { createInterface } from "node:readline/promises";
import type { Streams } from "./report-error.js";

/** Asks the user a yes-or-no question on the terminal. @returns false without a terminal, and on Ctrl-C. */
export async function askYesNo(question: string, { stderr }: Pick<Streams, "stderr">): Promise<boolean> {
  if (!process.stdin.isTTY || !stderr.isTTY) return false;
  const lines = createInterface({ input: process.stdin, output: stderr });
  const over = new AbortController();
  lines.once("SIGINT", () => over.abort());
  lines.once("close", () => over.abort());
  try {
    const answer = await lines.question(`${question} [y/N] `, { signal: over.signal });
    return /^y(es)?$/i.test(answer.trim());
  } catch {
    return false;
  } finally {
    lines.close();
  }
}
