import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

const root = dirname(import.meta.dirname);

/** Folders of the packages that are published. */
export function publicPackages() {
  return readdirSync(join(root, "packages")).filter((name) => !manifestOf(name).private);
}

/**
 * Packs built packages as they would be published.
 * @param {readonly string[]} names their folders in `packages`
 * @param {string} folder where the tarballs go
 * @returns {string[]} paths of the tarballs, in the same order
 */
export function pack(names, folder) {
  mkdirSync(folder, { recursive: true });
  const { packageManager } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const filters = names.flatMap((name) => ["--filter", manifestOf(name).name]);
  execFileSync("npx", ["-y", packageManager, ...filters, "pack", "--pack-destination", folder], {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
  });
  return names.map((name) => join(folder, `cassette-${name}-${manifestOf(name).version}.tgz`));
}

/**
 * @param {string} name a package's folder
 * @returns {Record<string, any>} its package.json
 */
export function manifestOf(name) {
  return JSON.parse(readFileSync(join(root, "packages", name, "package.json"), "utf8"));
}
