import { execFileSync } from "node:child_process";
import { dirname, join } from "node:path";

const bin = join(dirname(dirname(import.meta.dirname)), "node_modules/.bin");

/**
 * Checks a tarball's manifest, files and declarations.
 * @param {string} tarball
 */
export function lintTarball(tarball) {
  const options = /** @type {const} */ ({ encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  execFileSync(join(bin, "publint"), ["run", tarball, "--strict"], options);
  execFileSync(join(bin, "attw"), [tarball, "--profile", "esm-only"], options);
}
