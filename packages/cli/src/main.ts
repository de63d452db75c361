#!/usr/bin/env node
import { enableCompileCache } from "./lib/compile-cache.js";
import { VERSION } from "./lib/version.js";

const argv = process.argv.slice(2);
if (argv.length === 1 && (argv[0] === "--version" || argv[0] === "-V")) {
  // Scripts ask for it again and again: it needs nothing that takes time to load.
  process.stdout.write(`${VERSION}\n`);
} else {
  enableCompileCache(process.env);
  const { run } = await import("./lib/run.js");
  process.exitCode = await run(argv, { stdout: process.stdout, stderr: process.stderr });
}
