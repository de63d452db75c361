import { execFile } from "node:child_process";
import { canReadModesNatively } from "@cassette/pty";

/** If it takes longer than this, typing lags. */
const LONGEST_MS = 5_000;

/** Why the modes of terminals cannot be read, as a sentence; null if they can. */
export async function modeReaderProblem(): Promise<string | null> {
  const problem = await sttyProblem();
  return problem === null || canReadModesNatively() ? null : problem;
}

function sttyProblem(): Promise<string | null> {
  return new Promise((resolve) => {
    const child = execFile("stty", ["-a"], { timeout: LONGEST_MS }, (error) => {
      if (error?.code === "ENOENT" || error?.code === "EACCES") resolve("there is no `stty`");
      // Its input is not a terminal, so a failure shows that it runs.
      else resolve(error?.killed ? "`stty` takes too long" : null);
    });
    child.stdin?.end();
  });
}
