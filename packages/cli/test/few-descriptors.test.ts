import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { COMMAND, temporaryDirectory } from "./cassette.js";

const CASSETTE = join(import.meta.dirname, "../../format/conformance/go-v1/cassettes/defaults");
const COMMANDS: readonly (readonly string[])[] = [
  ["--help"],
  ["--no-such-option"],
  ["play", CASSETTE],
  ["verify", "--json", CASSETTE, CASSETTE, CASSETTE, CASSETTE],
  ["grep", "x", CASSETTE, CASSETTE, CASSETTE, CASSETTE],
  ["diff", CASSETTE, CASSETTE],
  ["scrub", CASSETTE, "-o", "scrubbed.cassette"],
  ["stub", CASSETTE],
];

/** Runs the command after a line of bash. */
function runAfter(preparation: string, args: readonly string[]) {
  const script = `${preparation}; exec "$@"`;
  const cwd = temporaryDirectory();
  const command = ["-c", script, "-", process.execPath, COMMAND, ...args];
  return spawnSync("bash", command, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
}

describe.skipIf(process.platform !== "linux")("cassette with few file descriptors", () => {
  it.for([20, 24, 28, 33])(
    "ends with its result or an error of its own at a limit of %d",
    (limit, { skip }) => {
      const starts = spawnSync("bash", ["-c", `ulimit -n ${limit}; "${process.execPath}" -e 0`]).status === 0;
      if (!starts) skip("Node itself does not start");
      for (const args of COMMANDS) {
        const { status, signal, stdout, stderr } = runAfter(`ulimit -n ${limit}`, args);
        const what = `${args.join(" ")}\n${stdout}${stderr}`;
        expect(signal, what).toBeNull();
        expect(stderr, what).not.toMatch(/^ {4}at |^node:|suppressed/m);
        if (status === 3) expect(stdout + stderr, what).toContain("CASSETTE_");
      }
    },
  );
});
