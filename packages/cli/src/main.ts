#!/usr/bin/env node
import { enableCompileCache } from "./lib/compile-cache.js";
import { areStubPartsInstalled } from "./lib/stub-parts.js";
import { VERSION } from "./lib/version.js";

/** `plain-stub.js` and all that it needs in one file, made by the build. What is started for every test is to start soon. */
const STUB_IN_ONE: string = "./stub-in-one.js";

const argv = process.argv.slice(2);
if (argv.length === 1 && (argv[0] === "--version" || argv[0] === "-V")) {
  // Scripts ask for it again and again: it needs nothing that takes time to load.
  process.stdout.on("error", ({ code }: NodeJS.ErrnoException) => process.exit(code === "EPIPE" ? 0 : 3));
  process.stdout.write(`${VERSION}\n`);
} else if (isPlainStub(argv)) {
  enableCompileCache(process.env);
  const { plainStub } = areStubPartsInstalled() ? await import(STUB_IN_ONE) : await import("./plain-stub.js");
  process.exitCode = await plainStub(argv.slice(1));
} else {
  enableCompileCache(process.env);
  const { run } = await import("./lib/run.js");
  process.exitCode = await run(argv, { stdout: process.stdout, stderr: process.stderr });
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
