import { execFileSync } from "node:child_process";
import { copyFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { createConsumer } from "./consumer.mjs";

/**
 * Installs versions of Node.
 * @param {string} dir
 * @param {readonly string[]} versions majors
 * @returns {{ version: string, bin: string }[]} the folder of each executable
 */
export function fetchNodes(dir, versions) {
  return versions.map((version) => {
    const prefix = join(dir, version);
    execFileSync(
      "npm",
      ["install", "--no-audit", "--no-fund", "--prefer-offline", "--prefix", prefix, `node@${version}`],
      {
        stdio: ["ignore", "pipe", "pipe"],
      },
    );
    return { version, bin: join(prefix, "node_modules/node/bin") };
  });
}

/**
 * Installs the tarballs in an empty project with one version of Node, records, verifies and replays.
 * @param {string} bin folder of the executable
 * @param {string} dir
 * @param {readonly string[]} tarballs
 */
export function runOnNode(bin, dir, tarballs) {
  const env = { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH}` };
  createConsumer(dir, tarballs, env);
  copyFileSync(join(import.meta.dirname, "smoke.mjs"), join(dir, "smoke.mjs"));
  const options = /** @type {const} */ ({
    cwd: dir,
    env,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
  });
  const cassette = (...args) => execFileSync(join(dir, "node_modules/.bin/cassette"), args, options);
  cassette("record", "hello.cassette", "--", "printf", "hello %s", "there");
  cassette("verify", "hello.cassette");
  const shown = execFileSync("node", ["smoke.mjs", "hello.cassette"], options);
  if (!shown.includes("hello there")) throw new Error(`The replay showed: ${shown}`);
}
