import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const CASSETTE = join(import.meta.dirname, "../../packages/cli/dist/main.cjs");
const OPTIONS = [
  "--expected-terminal=xterm",
  "--max-vt-level=4",
  "--timeout=1",
  "--no-print-logs",
  "--xterm-reverse-wrap=383",
];
const RUN = /^.*Run test: (\S+)$/;
const PASSED = /Passed\.$/;
/** A test passes that the suite expects to fail in xterm. */
const PASSED_UNEXPECTEDLY = /InternalError: Should have failed$/;
/** What the suite itself expects to fail, or not to be there. */
const EXPECTED = /Fails as expected|Skipped because terminal lacks/;

/** The suite runs as a program that is recorded without anyone at the terminal; its log has the results. */
export async function judgeEsctest(folder) {
  const root = mkdtempSync(join(tmpdir(), "esctest-"));
  const log = join(root, "log");
  const suite = ["python3", "esctest.py", ...OPTIONS, `--logfile=${log}`, "--options", "xtermWinopsEnabled"];
  const record = [
    "record",
    "-q",
    "--no-scrub",
    "--headless",
    "--window-size",
    "80x25",
    join(root, "c.cassette"),
  ];
  try {
    spawnSync(process.execPath, [CASSETTE, ...record, "--", ...suite], {
      cwd: join(folder, "esctest"),
      stdio: ["ignore", "inherit", "inherit"],
    });
    return verdictsOf(readFileSync(log, "latin1").split("\n"));
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

function verdictsOf(lines) {
  const verdicts = new Map();
  let test = null;
  for (const line of lines) {
    const [, begun] = RUN.exec(line.trimEnd()) ?? [];
    if (begun !== undefined) {
      test = begun;
      verdicts.set(test, false);
    } else if (test !== null && isPassed(line.trimEnd())) verdicts.set(test, true);
    else if (test !== null && EXPECTED.test(line)) verdicts.delete(test);
  }
  return verdicts;
}

function isPassed(line) {
  return PASSED.test(line) || PASSED_UNEXPECTEDLY.test(line);
}
