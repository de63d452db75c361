import { execFileSync } from "node:child_process";
import { rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { writeColouredLog } from "../corpus.mjs";

export const title = "record `cat` of a coloured log";

/** @param {{ dir: string, quick: boolean, cassette: string, compile: (name: string) => string, has: (program: string) => boolean }} bench */
export function jobs({ dir, quick, cassette, compile, has }) {
  const log = join(dir, "log.txt");
  writeColouredLog(log, quick ? 20e6 : 200e6);
  const bytes = statSync(log).size;
  const reader = compile("pty-reader");
  const run = (command, ...args) =>
    execFileSync(command, args, { stdio: ["ignore", "ignore", "inherit"], cwd: dir });
  const fresh = (name) => {
    rmSync(join(dir, name), { recursive: true, force: true });
    return join(dir, name);
  };
  const found = [
    { name: "bare C reader", bytes, run: () => run(reader, "cat", log) },
    {
      name: "cassette record",
      bytes,
      run: () => run(process.execPath, cassette, "record", fresh("log.cassette"), "--", "cat", log),
    },
  ];
  if (has("script"))
    found.push({
      name: "script",
      bytes,
      run: () => run("script", "-qec", `cat ${log}`, fresh("typescript")),
    });
  return { jobs: found, missing: has("script") ? [] : ["script"] };
}
