// Runs pexpect's own tests three times: with the real programs, with the programs recorded, and with stubs of the recordings.
// Every test that passes while it is recorded must pass with stubs.
// Usage: node tools/foreign-suite/main.mjs DIR [arguments for pytest]
// DIR is the folder `tests` of pexpect's source (Debian: apt-get source pexpect); python3 needs pexpect and pytest.
import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join, resolve } from "node:path";
import { EXCEPTIONS } from "./exceptions.mjs";

const PROGRAMS = ["bash", "cat", "python3"];
const CASSETTE = [process.execPath, join(import.meta.dirname, "../../packages/cli/dist/main.cjs")];
const PATH = process.env.PATH ?? "";

const [tests, ...pytestArgs] = process.argv.slice(2);
if (tests === undefined || !existsSync(tests)) {
  console.error("usage: node tools/foreign-suite/main.mjs DIR [arguments for pytest]");
  process.exit(2);
}
const root = mkdtempSync(join(tmpdir(), "foreign-suite-"));
const [bin, recordings, stubs] = ["bin", "recordings", "stubs"].map((name) => {
  mkdirSync(join(root, name));
  return join(root, name);
});
writeFileSync(
  join(root, "wrapped_python.py"),
  "import os, sys\nsys.executable = os.environ['WRAPPED_PYTHON']\n",
);

const real = runSuite("real", null);
// Disabled first, because this terminal would echo the input too. The program's own terminal receives this one's modes.
const recorded = runSuite("recorded", recordCommand, "modes=$(stty -g); stty raw -echo");
// The suite kills programs that do not end quickly, including recorders.
for (const name of readdirSync(recordings).filter((name) => name.startsWith(".")))
  cassette("recover", join(recordings, name));
for (const name of readdirSync(recordings)) installStub(name);
mkdirSync(join(root, "reports"));
const report = `export CASSETTE_STUB_REPORT="${join(root, "reports", "$$.json")}"`;
const stubbed = runSuite("stubbed", (program) => [join(stubs, "$key", program)], report);

const lost = [...real].filter((test) => !recorded.has(test));
const failed = [...recorded].filter((test) => !stubbed.has(test));
console.log(
  `\n${real.size} pass with the real programs, ${recorded.size} recorded, ${stubbed.size} with stubs.`,
);
for (const test of lost) console.log(`fails while recorded: ${test}: ${EXCEPTIONS[test] ?? "?"}`);
for (const test of failed) console.log(`fails with stubs: ${test}: ${EXCEPTIONS[test] ?? "?"}`);
const unexplained = [...lost, ...failed].filter((test) => !(test in EXCEPTIONS));
if (process.env.KEEP_FILES) console.log(root);
else rmSync(root, { recursive: true });
process.exitCode = unexplained.length > 0 ? 1 : 0;

/** Runs the tests with a replacement for each program, and returns those that pass. */
function runSuite(name, commandOf, silence) {
  if (commandOf) for (const program of PROGRAMS) writeWrapper(name, program, commandOf(program), silence);
  const env = {
    ...process.env,
    PATH: commandOf ? bin + delimiter + PATH : PATH,
    PYTHONPATH: root,
    WRAPPED_PYTHON: commandOf ? join(bin, "python3") : find("python3"),
    // With another TERM bash writes bracketed-paste sequences, which no test of the suite expects.
    TERM: "dumb",
  };
  const args = ["-m", "pytest", "-rA", "-q", "-p", "wrapped_python", "-p", "no:cacheprovider", ...pytestArgs];
  console.log(`${name}…`);
  const { stdout, stderr } = spawnSync(find("python3"), [...args, resolve(tests)], {
    env,
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  writeFileSync(join(root, `${name}.log`), stdout + stderr);
  return new Set([...stdout.matchAll(/^PASSED \S*?(\w+\.py::\S+)$/gm)].map(([, test]) => test));
}

/** Writes an executable that replaces the program; each start in a test has its own key. */
function writeWrapper(run, program, command, silence = "") {
  mkdirSync(join(root, run), { recursive: true });
  const path = join(bin, program);
  writeFileSync(
    path,
    `#!/bin/sh
${silence}
export PATH='${PATH}'
test=$(printf %s "\${PYTEST_CURRENT_TEST%% *}" | tr -c 'a-zA-Z0-9_' _)
n=0
while ! mkdir "${root}/${run}/$test-${program}-$n" 2>/dev/null; do n=$((n + 1)); done
key=$test-${program}-$n
exec ${command.map((word) => `"${word}"`).join(" ")} "$@"
`,
  );
  chmodSync(path, 0o755);
}

function recordCommand(program) {
  const start = ["sh", "-c", 'stty \\"\\$0\\" && exec \\"\\$@\\"', "$modes", find(program)];
  return [
    ...CASSETTE,
    "record",
    join(recordings, "$key"),
    "--return",
    "-q",
    "--mark-key",
    "none",
    "--",
    ...start,
  ];
}

function installStub(key) {
  const program = PROGRAMS.find((name) => key.includes(`-${name}-`));
  cassette("stub", "install", join(recordings, key), "--name", program, "--to", join(stubs, key));
}

function cassette(...args) {
  const { status, stderr } = spawnSync(CASSETTE[0], [CASSETTE[1], ...args], { encoding: "utf8" });
  if (status !== 0) console.log(stderr.trim());
}

function find(program) {
  // A version manager's python3 is a bash script, and bash is one of the replaced programs.
  const command =
    program === "python3" ? "python3 -c 'import sys; print(sys.executable)'" : `command -v ${program}`;
  return spawnSync("sh", ["-c", command], { encoding: "utf8", env: { PATH } }).stdout.trim();
}
