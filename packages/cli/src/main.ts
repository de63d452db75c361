#!/usr/bin/env node
// Built as CommonJS, which Node starts sooner than a module: what needs no other package loads no loader of modules.
import { enableCompileCache } from "./lib/compile-cache.js";
import { areStubPartsInstalled } from "./lib/stub-parts.js";
import { VERSION } from "./lib/version.js";

/** Made by the build beside this file; named so that it does not put them into this one. */
const RUN: string = "./run.js";
const PLAIN_STUB: string = "./plain-stub.js";
/** `plain-stub.js` and all that it needs in one file. What is started for every test is to start soon. */
const STUB_IN_ONE: string = "./stub-in-one.cjs";

main(process.argv.slice(2));

async function main(argv: readonly string[]): Promise<void> {
  if (argv.length === 1 && (argv[0] === "--version" || argv[0] === "-V")) {
    // Scripts ask for it again and again: it needs nothing that takes time to load.
    process.stdout.on("error", ({ code }: NodeJS.ErrnoException) => process.exit(code === "EPIPE" ? 0 : 3));
    process.stdout.write(`${VERSION}\n`);
    return;
  }
  enableCompileCache(process.env);
  if (isPlainStub(argv)) {
    const { plainStub } = areStubPartsInstalled() ? require(STUB_IN_ONE) : await import(PLAIN_STUB);
    end(await plainStub(argv.slice(1)));
  } else {
    const { run } = await import(RUN);
    end(await run(argv, { stdout: process.stdout, stderr: process.stderr }));
  }
}

/** Ends at once, which saves taking Node apart, if nothing is left to be written. */
function end(status: number): void {
  process.exitCode = status;
  if (process.stdout.writableLength + process.stderr.writableLength === 0) process.exit();
}

/** A stub of some recordings and nothing to be parsed. */
function isPlainStub([command, first, ...rest]: readonly string[]): boolean {
  if (command !== "stub" || first === undefined || first === "install") return false;
  const operands = [first, ...rest];
  const separator = operands.indexOf("--");
  return operands
    .slice(0, separator < 0 ? undefined : separator)
    .every((operand) => !operand.startsWith("-"));
}
