#!/usr/bin/env node
import { join } from "node:path";
// Built as CommonJS, which Node starts sooner than a module: what needs no other package loads no loader of modules.
import { escapeText, systemErrorHint } from "@cassette/format";
import { loadCached } from "./lib/code-cache.js";
import { compiledCode, enableCompileCache, hasCompileCache } from "./lib/compile-cache.js";
import { areInstalled, type Versions } from "./lib/installed-parts.js";
import { VERSION } from "./lib/version.js";

/** Files that the build makes beside this one; named so that it does not put them into this one. */
interface Program {
  /** Imports other packages. */
  readonly module: string;
  /** The same with all that it needs in it, which starts sooner. */
  readonly inOne?: string;
  /** What that is made of. */
  readonly parts?: Versions;
  /** It is so large that compiling it takes longer than reading compiled code, and imports no module at run time, which such code cannot. */
  readonly keepsCode?: boolean;
}

/** Put in by the build. */
declare const __STUB_PARTS__: Versions;
declare const __RECORD_PARTS__: Versions;

const STUB: Program = { module: "./stub.js", inOne: "./stub-in-one.cjs", parts: __STUB_PARTS__ };
const RECORD: Program = {
  module: "./run.js",
  inOne: "./record-in-one.cjs",
  parts: __RECORD_PARTS__,
  keepsCode: true,
};
const ALL: Program = { module: "./run.js" };

// Node would open a debugger in a process that holds unscrubbed text.
process.on("SIGUSR1", () => {});
main(process.argv.slice(2)).catch(failToLoad);

async function main(argv: readonly string[]): Promise<void> {
  if (argv.length === 1 && (argv[0] === "--version" || argv[0] === "-V")) {
    // Scripts ask for it again and again: it needs nothing that takes time to load.
    process.stdout.on("error", ({ code }: NodeJS.ErrnoException) => process.exit(code === "EPIPE" ? 0 : 3));
    process.stdout.write(`${VERSION}\n`);
    return;
  }
  if (!hasWorkingDirectory())
    fail(
      "The working directory no longer exists. [CASSETTE_CWD_INVALID]",
      "Change to a directory that exists.",
    );
  enableCompileCache(process.env);
  const { run, keepCode } = await load(programFor(argv));
  end(await run(argv, { stdout: process.stdout, stderr: process.stderr }), keepCode);
}

/** Reports what happens before the command can report its own errors: Node itself runs out of files while it loads modules. */
function failToLoad({ message, code }: NodeJS.ErrnoException): never {
  const hint = systemErrorHint(code) ?? "Install Cassette again.";
  return fail(`The command cannot be loaded: ${message.replace(/\.$/, "")}. [CASSETTE_UNEXPECTED]`, hint);
}

function fail(sentence: string, hint: string): never {
  process.stderr.write(`cassette: ${escapeText(sentence)}\n  ${escapeText(hint)}\n`);
  process.exit(3);
}

/** Node throws where it is asked for a directory that was removed, and much asks for it. */
function hasWorkingDirectory(): boolean {
  try {
    return process.cwd() !== "";
  } catch {
    return false;
  }
}

function programFor(argv: readonly string[]): Program {
  if (isPlainStub(argv)) return STUB;
  return argv[0] === "record" || argv[0] === "rec" ? RECORD : ALL;
}

/** The command, and what keeps its compiled code for the next run. */
type Loaded = Pick<typeof import("./run.js"), "run"> & { keepCode?: () => void };

async function load({ module, inOne, parts, keepsCode }: Program): Promise<Loaded> {
  if (!inOne || !parts || !areInstalled(parts)) return import(module);
  if (hasCompileCache || !keepsCode) return require(inOne);
  const { exports, keepCode } = loadCached(join(__dirname, inOne), compiledCode(process.env));
  return { ...(exports as Loaded), keepCode };
}

/** Ends at once, which saves taking Node apart, if nothing is left to be written; a failed write has been reported by then. */
function end(status: number, keepCode = () => {}): void {
  process.exitCode = status;
  setImmediate(() => {
    keepCode();
    if (process.stdout.writableLength + process.stderr.writableLength === 0) process.exit();
  });
}

/** A stub of some recordings and nothing to be parsed. */
function isPlainStub([command, first, ...rest]: readonly string[]): boolean {
  if (command !== "stub" || first === undefined || ["install", "check"].includes(first)) return false;
  const operands = [first, ...rest];
  const separator = operands.indexOf("--");
  return operands
    .slice(0, separator < 0 ? undefined : separator)
    .every((operand) => !operand.startsWith("-"));
}
