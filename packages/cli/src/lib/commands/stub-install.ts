import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { openCassette } from "@cassette/core/reader";
import { CassetteError } from "@cassette/format";
import { escapeText } from "../output/escape-text.js";
import { EXIT } from "../output/exit-status.js";
import type { Streams } from "../output/report-error.js";
import { STUB_TERMINAL_MODES } from "./stub.js";

/** Writes an executable that stands in for a program, for PATH. */
export async function installStub(
  dirs: string[],
  { name, to }: { name: string; to: string },
  { stdout }: Streams,
): Promise<number> {
  if (!/^[\w.+-]+$/.test(name)) {
    throw new CassetteError("CASSETTE_USAGE", "A program's name has letters, digits, `.`, `_`, `+` and `-`.");
  }
  for (const dir of dirs) await (await openCassette(dir)).close();
  mkdirSync(to, { recursive: true });
  const path = join(to, name);
  const command = [process.execPath, process.argv[1] ?? "", "stub", ...dirs.map((dir) => resolve(dir))];
  writeFileSync(path, `#!/bin/sh\n${SILENCE}\nexec ${command.map(quote).join(" ")} -- "$@"\n`);
  chmodSync(path, 0o755);
  stdout.write(
    `${escapeText(path)} stands in for ${name} with ${dirs.length === 1 ? "one recording" : `${dirs.length} recordings`}.\n`,
  );
  return EXIT.done;
}

/** The terminal is made raw before Node has started: drivers type at once, and what they type would be echoed. */
const SILENCE = `PATH=$PATH:/bin:/usr/bin
[ -t 0 ] && ${STUB_TERMINAL_MODES}=$(stty -g) && export ${STUB_TERMINAL_MODES} && stty raw -echo`;

function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
