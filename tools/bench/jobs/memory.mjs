import { statSync } from "node:fs";
import { join } from "node:path";
import { writeColouredLog } from "../corpus.mjs";

const ON_FILE = join(import.meta.dirname, "../programs/on-file.mjs");
const WORK = ["secretlint", "scrubText", "scrubStream", "draw", "deriveFrames"];

/**
 * The memory of operations that other jobs time inside this process, each as a separate program, and of starting the command.
 * @param {import("../main.mjs").Bench} bench
 */
export function groups({ dir, quick, cassette, spawn }) {
  const log = join(dir, "log.txt");
  writeColouredLog(log, quick ? 4e6 : 64e6);
  const bytes = statSync(log).size;
  const node = (...args) => spawn([process.execPath, ...args], { cwd: dir });
  const nothing = { name: "node -e 0", run: () => node("-e", "0") };
  const onLog = WORK.map((what) => ({ name: what, bytes, run: () => node(ON_FILE, what, log) }));
  const record = (name) => node(cassette, "record", "-q", "--overwrite", "--headless", name, "--", "true");
  record("sample");
  return [
    { title: "a coloured log in a file", jobs: [nothing, ...onLog], missing: [] },
    {
      title: "the command",
      missing: [],
      jobs: [
        nothing,
        { name: "cassette --version", run: () => node(cassette, "--version") },
        { name: "cassette verify", run: () => node(cassette, "verify", "sample") },
        { name: "cassette stub", run: () => node(cassette, "stub", "sample") },
        { name: "cassette record --headless -- true", run: () => record("new") },
      ],
    },
  ];
}
