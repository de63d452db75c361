import { chmod, mkdir, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { openCassette } from "@cassette/core/reader";
import { CassetteError } from "@cassette/format";
import { EXIT } from "../output/exit-status.js";
import type { Streams } from "../output/report-error.js";

/** What is installed, and where. */
export interface InstallOptions {
  name: string;
  to: string;
  report?: string;
}

/** Writes an executable that stands in for the recorded program. Each cassette is verified before. */
export async function stubInstall(
  dirs: readonly string[],
  { name, to, report }: InstallOptions,
  { stdout }: Streams,
): Promise<number> {
  if (!/^[^/\0]+$/.test(name) || name === "." || name === "..")
    throw new CassetteError("CASSETTE_USAGE", "--name is a program's name, not a path.");
  for (const dir of dirs) await (await openCassette(dir)).close();
  const words = [process.execPath, resolve(process.argv[1] ?? ""), "stub"];
  if (report !== undefined) words.push("--report", /^fd:\d+$/.test(report) ? report : resolve(report));
  words.push(...dirs.map((dir) => resolve(dir)));
  await mkdir(to, { recursive: true });
  const file = join(to, name);
  await writeFile(file, `#!/bin/sh\nexec ${words.map(quote).join(" ")} -- "$@"\n`, { mode: 0o755 });
  await chmod(file, 0o755);
  stdout.write(`${file}\n`);
  return EXIT.done;
}

/** For a shell. */
function quote(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}
