import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** Versions of packages by name. */
export type Versions = Readonly<Record<string, string>>;

/** Where Node looks first for a dependency of the command: below the command's own package, and beside it. */
const PACKAGE = dirname(__dirname);
const FOLDERS = [join(PACKAGE, "node_modules"), dirname(dirname(PACKAGE))];

/**
 * Whether the installed packages are those that a bundle was made of: one may have been updated since. Packages at other
 * places count as different. Node's own resolution would take a millisecond for each.
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
      // Not found.
    }
  }
  return undefined;
}
