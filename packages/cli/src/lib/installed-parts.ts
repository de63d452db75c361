import { readFileSync } from "node:fs";

/** Versions of packages by their names. */
export type Versions = Readonly<Record<string, string>>;

/** Whether the packages that are installed are those that a file was made of: one may have been released since. */
export function areInstalled(parts: Versions): boolean {
  return Object.entries(parts).every(([name, version]) => {
    try {
      const manifest = readFileSync(require.resolve(`${name}/package.json`), "utf8");
      return (JSON.parse(manifest) as { version: string }).version === version;
    } catch {
      return false;
    }
  });
}
