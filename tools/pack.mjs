import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

const root = dirname(import.meta.dirname);

/** Folders of the packages that are published. */
export function publicPackages() {
  return readdirSync(join(root, "packages")).filter((name) => !manifestOf(name).private);
}

/**
 * Packs one built package as it would be published.
 * @param {string} name its folder in `packages`
 * @param {string} folder where the tarball goes, in a folder of the package's name
 * @returns {string} path of the tarball
 */
export function pack(name, folder) {
  const destination = join(folder, name);
  mkdirSync(destination, { recursive: true });
  const { packageManager } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  execFileSync("npx", ["-y", packageManager, "pack", "--pack-destination", destination], {
    cwd: join(root, "packages", name),
    stdio: ["ignore", "pipe", "pipe"],
  });
  return join(destination, readdirSync(destination)[0] ?? "");
}

/**
 * @param {string} name a package's folder
 * @returns {Record<string, any>} its package.json
 */
export function manifestOf(name) {
  return JSON.parse(readFileSync(join(root, "packages", name, "package.json"), "utf8"));
}
