import { rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { wideText, writeColouredLog } from "../corpus.mjs";

/**
 * The whole command on a log: the cost of recording, and what sealing adds.
 * @param {import("../main.mjs").Bench} bench
 */
export function groups({ dir, quick, cassette, compile, spawn }) {
  const log = join(dir, "log.txt");
  writeColouredLog(log, quick ? 8e6 : 200e6);
  const leaky = join(dir, "leaky.txt");
  writeColouredLog(leaky, quick ? 1e6 : 20e6, "push with ghp_k7Q0aBcDeFgHiJkLmNoPqRsTuVwXyZ012345\n");
  const wide = join(dir, "wide.txt");
  writeFileSync(wide, wideText(quick ? 1e6 : 20e6));
  return [
    { title: "record and seal a coloured log", jobs: jobs(log), missing: [] },
    { title: "the same with a token every 5,000 lines", jobs: jobs(leaky), missing: [] },
    { title: "the same with CJK and emoji", jobs: jobs(wide), missing: [] },
  ];

  function jobs(file) {
    const bytes = statSync(file).size;
    const target = join(dir, "it.cassette");
    const record = (...how) => {
      rmSync(target, { recursive: true, force: true });
      return spawn([process.execPath, cassette, "record", "-q", ...how, target, "--", "cat", file], {
        cwd: dir,
      });
    };
    return [
      { name: "bare C reader", bytes, run: () => spawn([compile("pty-reader"), "cat", file]) },
      { name: "record, frames only", bytes, run: () => record("--no-scrub") },
      { name: "record and seal", bytes, run: () => record() },
      {
        name: "scan for secrets again",
        bytes,
        run: () => spawn([process.execPath, cassette, "scrub", "--check", target]),
      },
    ];
  }
}
