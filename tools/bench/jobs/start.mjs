import { execFileSync } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";

/** Quick starts are timed several in a row: a single one is mostly noise. */
const STARTS = 5;

/**
 * The startup time of the command, compared with a Node that does nothing.
 * @param {import("../main.mjs").Bench} bench
 */
export function groups({ dir, quick, cassette }) {
  const starts = quick ? 2 : STARTS;
  const target = join(dir, "it.cassette");
  const node = (...args) => execFileSync(process.execPath, args, { cwd: dir, stdio: "ignore" });
  const record = () => {
    node(cassette, "record", "-q", "--headless", target, "--", "true");
    rmSync(target, { recursive: true });
  };
  record();
  const sample = join(dir, "sample.cassette");
  node(cassette, "record", "-q", "--headless", sample, "--", "echo", "hello");
  const job = (name, run) => ({
    name,
    run: () => {
      for (let start = 0; start < starts; start++) run();
    },
  });
  const jobs = [
    job("node -e 0", () => node("-e", "0")),
    job("cassette --version", () => node(cassette, "--version")),
    job("cassette --help", () => node(cassette, "--help")),
    job("cassette verify", () => node(cassette, "verify", sample)),
    job("cassette stub", () => node(cassette, "stub", sample)),
    job("cassette play, into a pipe", () => node(cassette, "play", sample)),
    job("cassette record --headless -- true", record),
  ];
  return [{ title: `${starts} starts in a row`, jobs, missing: [] }];
}
