import { execFile } from "node:child_process";

/** On a machine where it takes longer, typing lags. */
const LONGEST_MS = 5_000;

/** Why the modes of terminals cannot be read, in words; null if they can. */
export function modeReaderProblem(): Promise<string | null> {
  return new Promise((resolve) => {
    const child = execFile("stty", ["-a"], { timeout: LONGEST_MS }, (error) => {
      if (error?.code === "ENOENT" || error?.code === "EACCES") resolve("there is no `stty`");
      // Its input is no terminal, so a failure shows that it runs.
      else resolve(error?.killed ? "`stty` takes too long" : null);
    });
    child.stdin?.end();
  });
}
