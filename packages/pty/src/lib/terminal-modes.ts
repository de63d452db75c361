import type { TerminalModes } from "@cassette/format";
import { loadNativeModes, type NativeModes } from "./native-modes.js";

/** The initial modes: node-pty opens every terminal with these flags. */
export const START_MODES: TerminalModes = { canonical: true, echo: true };

/** Usually it takes two milliseconds; on an overloaded machine, seconds. */
const LONGEST_MS = 10_000;

/** A terminal whose modes are read. */
export interface ReadableTerminal {
  /** Of its other side. */
  readonly path: string;
  /** A descriptor of either side; null once it is closed, when its number may be another file's. */
  fd(): number | null;
}

/**
 * Reads the line discipline's flags of a terminal; "unreadable" if there is no way to, or the terminal is gone. Node has no
 * call for this: the native one is taken where it is installed, else `stty`.
 */
export function readTerminalModes(terminal: ReadableTerminal): Promise<TerminalModes | "unreadable"> {
  read ??= createModeReader(loadNativeModes(), readByStty);
  return read(terminal);
}

let read: typeof readTerminalModes | undefined;

/** Whether terminal modes can be read without `stty`: koffi is installed, and works on this system. */
export function canReadModesNatively(): boolean {
  return loadNativeModes() !== null;
}

/** @returns a reader that trusts the native call once it has agreed with `stty`, or where there is no `stty`. */
export function createModeReader(
  native: NativeModes | null,
  stty: (path: string) => Promise<TerminalModes | "unreadable">,
): typeof readTerminalModes {
  let trust: "untried" | "trusted" | "refused" = native === null ? "refused" : "untried";
  const readNative = (terminal: ReadableTerminal) => {
    const fd = terminal.fd();
    return (fd !== null && native?.(fd)) || "unreadable";
  };
  return async (terminal) => {
    if (trust === "trusted") return readNative(terminal);
    if (trust === "refused") return stty(terminal.path);
    const before = readNative(terminal);
    const said = await stty(terminal.path);
    if (before === "unreadable") return said;
    if (said === "unreadable" || areEqual(before, said)) trust = "trusted";
    // Unless the program has changed them meanwhile.
    else if (areEqual(before, readNative(terminal))) trust = "refused";
    return said === "unreadable" ? before : said;
  };
}

function areEqual(a: TerminalModes, b: TerminalModes | "unreadable"): boolean {
  return b !== "unreadable" && a.canonical === b.canonical && a.echo === b.echo;
}

/** It opens the terminal for some two milliseconds. */
export function readByStty(path: string): Promise<TerminalModes | "unreadable"> {
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
