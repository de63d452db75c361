import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** Versions of packages by their names. */
export type Versions = Readonly<Record<string, string>>;

/** Where Node looks first for a package that the command needs: below the command's own, and beside it. */
const PACKAGE = dirname(__dirname);
const FOLDERS = [join(PACKAGE, "node_modules"), dirname(dirname(PACKAGE))];

/**
 * Whether the packages that are installed are those that a file was made of: one may have been released since. Where they lie
 * elsewhere they are taken for others. Node's own way to find them takes a millisecond for each.
 */
export function areInstalled(parts: Versions): boolean {
  return Object.entries(parts).every(([name, version]) => versionOf(name) === version);
}

function versionOf(name: string): string | undefined {
  for (const folder of FOLDERS) {
    try {
      const manifest = readFileSync(join(folder, name, "package.json"), "utf8");
      return (JSON.parse(manifest) as { version: string }).version;
    } catch {
      // It is not there.
    }
  }
  return undefined;
}
