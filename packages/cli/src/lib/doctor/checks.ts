import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { isCassetteError } from "@cassette/format";
import { canReadModesNatively } from "@cassette/pty";
import { modeReaderProblem } from "../recording/mode-reader.js";

/** The result of a check. "note" is worth knowing but not a failure. */
export interface Finding {
  state: "ok" | "note" | "bad";
  what: string;
  remedy?: string;
}

const LEAST_NODE = [20, 19];

/** The checks, in order of dependence. */
export const CHECKS: Readonly<Record<string, () => Finding | Promise<Finding>>> = {
  node: checkNode,
  pty: checkPty,
  emulator: checkEmulator,
  terminal: checkTerminal,
  modes: checkModes,
  locale: checkLocale,
  git: checkGit,
};

function checkNode(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  const [leastMajor = 0, leastMinor = 0] = LEAST_NODE;
  const isNew = major > leastMajor || (major === leastMajor && minor >= leastMinor);
  if (isNew) return { state: "ok", what: process.version };
  return {
    state: "bad",
    what: `${process.version} is too old`,
    remedy: `Install Node ${LEAST_NODE.join(".")} or newer.`,
  };
}

/** Loads the native part and runs a program on a terminal. */
async function checkPty(): Promise<Finding> {
  try {
    const { createPtyDriver } = await import("@cassette/pty");
    await using session = await createPtyDriver().start({
      argv: ["sh", "-c", "printf works"],
      rows: 2,
      cols: 20,
    });
    let text = "";
    for await (const { bytes } of session.output()) text += Buffer.from(bytes).toString();
    if (text === "works") return { state: "ok", what: "a program ran on a terminal, and every byte came" };
    return {
      state: "bad",
      what: "the terminal changed what was printed",
      remedy: "Report it, with this output.",
    };
  } catch (error) {
    const hint = isCassetteError(error) ? error.hint : undefined;
    const what = error instanceof Error ? error.message : String(error);
    return {
      state: "bad",
      what,
      remedy: hint ?? "Install the package again.",
    };
  }
}

async function checkEmulator(): Promise<Finding> {
  const { createEmulator } = await import("@cassette/terminal/parts");
  const emulator = createEmulator({ rows: 1, cols: 20 });
  await emulator.feed(Buffer.from("\x1b[31m界\x1b[3Cx"));
  const [row] = emulator.snapshot().text;
  emulator.close();
  const { identity } = emulator;
  const name = `${identity.name} ${identity.version}`;
  if (row === "界   x") return { state: "ok", what: name };
  return { state: "bad", what: `${name} draws something else`, remedy: "Install the package again." };
}

async function checkTerminal(): Promise<Finding> {
  if (!process.stdin.isTTY || !process.stdout.isTTY) {
    return { state: "note", what: "none; recordings are headless, and `play` prints text" };
  }
  const { columns, rows } = process.stdout;
  const what = `${columns}x${rows}, TERM=${process.env.TERM ?? ""}`;
  if (!(await succeeds("stty", "--version")) && !(await succeeds("stty", "-a"))) {
    return {
      state: "bad",
      what: `${what}, no stty`,
      remedy: "Install stty (coreutils), or record with --headless.",
    };
  }
  return { state: "ok", what };
}

/** Without the modes of a terminal, passwords cannot be distinguished from other input, and none is recorded. */
async function checkModes(): Promise<Finding> {
  const problem = await modeReaderProblem();
  const way = canReadModesNatively() ? "tcgetattr" : "stty";
  if (problem === null) return { state: "ok", what: `password prompts can be recognised, with ${way}` };
  return { state: "bad", what: `${problem}, so no input is recorded`, remedy: "Install stty (coreutils)." };
}

function checkLocale(): Finding {
  const locale = process.env.LC_ALL || process.env.LC_CTYPE || process.env.LANG || "";
  if (/utf-?8/i.test(locale)) return { state: "ok", what: locale };
  return {
    state: "note",
    what: locale === "" ? "none is set" : locale,
    remedy: "Programs may print no more than ASCII: set LC_ALL=C.UTF-8 for the recording.",
  };
}

/** Cassettes made by the command have their own .gitattributes; those made by the library have none. */
async function checkGit(): Promise<Finding> {
  if (!(await succeeds("git", "rev-parse", "--is-inside-work-tree"))) {
    return { state: "note", what: "not in a repository" };
  }
  const { stdout } = await run("git", ["check-attr", "text", "--", "any/output.raw"]);
  const { stdout: config } = await run("git", ["config", "--get", "core.autocrlf"]).catch(() => ({
    stdout: "",
  }));
  const converts = !/: (unset|unspecified)\s*$/.test(stdout) || ["true", "input"].includes(config.trim());
  if (!converts) return { state: "ok", what: "line ends are left alone" };
  return {
    state: "note",
    what: "this repository converts line ends; cassettes made by this command are exempt",
    remedy: "For cassettes written by the library add `**/output.raw -text` to .gitattributes.",
  };
}

const run = promisify(execFile);

async function succeeds(program: string, ...args: string[]): Promise<boolean> {
  return run(program, args, { timeout: 5_000 }).then(
    () => true,
    () => false,
  );
}
