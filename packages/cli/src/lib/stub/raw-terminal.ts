import { spawnSync } from "node:child_process";

/**
 * Puts the terminal on standard input, if it is one, into the modes in which nothing is changed on its way in or out. Node's own
 * raw mode keeps `opost onlcr`: a recorded CRLF would come out as CRCRLF.
 * @returns what restores the terminal.
 */
export function makeTerminalRaw(isTerminal: boolean): () => void {
  if (!isTerminal) return () => {};
  const before = stty(["-g"]).trim();
  stty(["raw", "-echo"]);
  return () => {
    if (before !== "") stty([before]);
  };
}

function stty(args: string[]): string {
  const { stdout } = spawnSync("stty", args, { stdio: ["inherit", "pipe", "ignore"], encoding: "utf8" });
  return stdout ?? "";
}
