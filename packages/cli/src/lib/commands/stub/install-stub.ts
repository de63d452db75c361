import { lstatSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { CassetteError, isCassetteError } from "@cassette/format";
import { isUrl, openCassetteAt } from "@cassette/terminal/recordings";
import { escapeText } from "../../output/escape-text.js";
import { EXIT } from "../../output/exit-status.js";
import type { Streams } from "../../output/report-error.js";
import { STUB_TERMINAL_MODES } from "./stub.js";
import { callsFile, noteStub, STUB_CALLS } from "./stub-calls.js";

/** Writes an executable that stands in for a program, for PATH. */
export async function installStub(
  dirs: string[],
  { name, to }: { name: string; to: string },
  { stdout }: Streams,
): Promise<number> {
  if (!/^(?!\.{1,2}$)[\w.+-]+$/.test(name)) {
    throw new CassetteError("CASSETTE_USAGE", "A program's name has letters, digits, `.`, `_`, `+` and `-`.");
  }
  if (dirs.some(isUrl))
    throw new CassetteError("CASSETTE_USAGE", "A stub is installed of recordings on this machine.", {
      hint: "Unpack the archive first: cassette convert URL DIR",
    });
  for (const dir of dirs) await (await openCassetteAt(dir)).close();
  const path = join(to, name);
  const recordings = dirs.map((dir) => resolve(dir));
  const command = [process.execPath, process.argv[1] ?? "", "stub", ...recordings];
  const play = `exec ${command.map(quote).join(" ")} -- "$@"`;
  putExecutable(path, `#!/bin/sh\n${SILENCE}\nexport ${STUB_CALLS}=${quote(callsFile(to, name))}\n${play}\n`);
  noteStub(to, name, recordings);
  stdout.write(
    `${escapeText(path)} stands in for ${name} with ${dirs.length === 1 ? "one recording" : `${dirs.length} recordings`}.\n`,
  );
  return EXIT.success;
}

/** Replaces an earlier stub and nothing else: the path may be the program itself, or a link to it. */
function putExecutable(path: string, text: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    const stat = lstatSync(path, { throwIfNoEntry: false });
    if (stat && !(stat.isFile() && readFileSync(path, "utf8").includes(STUB_TERMINAL_MODES))) {
      throw new CassetteError("CASSETTE_TARGET_EXISTS", "The path exists and is not a stub.", {
        file: path,
        hint: "Install into a folder of its own and put that first on PATH.",
      });
    }
    rmSync(path, { force: true });
    writeFileSync(path, text, { flag: "wx", mode: 0o755 });
  } catch (cause) {
    if (isCassetteError(cause)) throw cause;
    throw new CassetteError("CASSETTE_WRITE_FAILED", "The executable cannot be written.", {
      file: path,
      cause,
    });
  }
}

/** The terminal is made raw before Node starts: a driver types at once, and its input would be echoed. */
const SILENCE = `PATH=$PATH:/bin:/usr/bin
[ -t 0 ] && ${STUB_TERMINAL_MODES}=$(stty -g) && export ${STUB_TERMINAL_MODES} && stty raw -echo`;

function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
