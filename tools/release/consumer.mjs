import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * Creates an empty project and installs tarballs in it, as a user would.
 * @param {string} dir must not exist
 * @param {readonly string[]} tarballs
 * @param {NodeJS.ProcessEnv} env for npm
 * @returns {string} the project
 */
export function createConsumer(dir, tarballs, env = process.env) {
  mkdirSync(dir, { recursive: true });
  writeFileSync(join(dir, "package.json"), '{ "name": "consumer", "private": true, "type": "module" }\n');
  execFileSync("npm", ["install", "--no-audit", "--no-fund", "--prefer-offline", ...tarballs], {
    cwd: dir,
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  return dir;
}
