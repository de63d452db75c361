import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { OpenOptions } from "../../src/reader.js";

/** What the Go implementation wrote and how it judged damaged input. */
export const GO_V1 = join(import.meta.dirname, "../../../format/conformance/go-v1");

/** A cassette given as the contents of its files. */
export interface FilesCase {
  name: string;
  files: Record<string, { utf8: string } | { base64: string }>;
  directories?: string[];
  options?: string[];
  /** What the Go reader saw, where it accepted the case. */
  expected?: object;
}

export function readCases(name: "invalid.json" | "lenient.json"): FilesCase[] {
  return JSON.parse(readFileSync(join(GO_V1, name), "utf8"));
}

/** Names of the cassettes. */
export function cassetteNames(): string[] {
  const entries = readdirSync(join(GO_V1, "cassettes"), { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
}

export function cassettePath(name: string): string {
  return join(GO_V1, "cassettes", name);
}

/** What the Go reader saw of a cassette. */
export function readExpected(name: string): object {
  return JSON.parse(readFileSync(`${cassettePath(name)}.expected.json`, "utf8"));
}

/** Puts the files of a case into a directory. */
export function layOut({ files, directories = [] }: FilesCase, dir: string): void {
  for (const [name, content] of Object.entries(files)) {
    const bytes = "utf8" in content ? content.utf8 : Buffer.from(content.base64, "base64");
    writeFileSync(join(dir, name), bytes);
  }
  for (const name of directories) mkdirSync(join(dir, name));
}

/** The reader's options of a case, from the flags of the Go program. */
export function openOptions({ options = [] }: FilesCase): OpenOptions {
  const [flag, first = "", second = ""] = options;
  if (flag === "-id") return { expect: { id: first } };
  if (flag === "-sha") return { expect: { sha256: first } };
  return flag === "-emulator" ? { emulator: { name: first, version: second } } : {};
}
