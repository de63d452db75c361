import type { TerminalModes } from "@cassette/format";

/** The initial modes: node-pty opens every terminal with these flags. */
export const START_MODES: TerminalModes = { canonical: true, echo: true };

/** Usually it takes two milliseconds; on an overloaded machine, seconds. */
const LONGEST_MS = 10_000;

/**
 * Reads the line discipline's flags of a terminal by its path; "unreadable" if `stty` is missing or too slow, or the terminal
 * is gone. Node has no call for this; `stty` opens the terminal for some two milliseconds.
 */
export function readTerminalModes(path: string): Promise<TerminalModes | "unreadable"> {
  // Loaded on demand: most sessions never need it, and it takes as long to load as this package.
  const { execFile } = process.getBuiltinModule("node:child_process");
  const option = process.platform === "darwin" ? "-f" : "-F";
  const options = { env: { PATH: process.env.PATH, LC_ALL: "C" }, timeout: LONGEST_MS };
  return new Promise((resolve) => {
    execFile("stty", [option, path, "-a"], options, (error, text) => {
      resolve((error === null && parseStty(text)) || "unreadable");
    });
  });
}

/** Parses the output of `stty -a`, where a flag that is off has a minus. */
export function parseStty(text: string): TerminalModes | null {
  const canonical = /(?<![\w-])(-?)icanon\b/.exec(text)?.[1];
  const echo = /(?<![\w-])(-?)echo\b/.exec(text)?.[1];
  if (canonical === undefined || echo === undefined) return null;
  return { canonical: canonical === "", echo: echo === "" };
}
