// Judges screens by other terminals' own tests, of which nothing is kept here, and pictures by a real xterm.
// Usage: pnpm judges FOLDER… | pictures | programs [FOLDER] | recordings FOLDER
// A folder is the source of alacritty, xterm.js, esctest2 or libvterm. Prints how many tests pass and names the others with
// the cause; exits with 1 when one has none. `recordings` takes a folder of .cast and ttyrec files.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { judgeAlacritty } from "./alacritty.mjs";
import { judgeEsctest } from "./esctest.mjs";
import { causeOf } from "./exceptions.mjs";
import { judgeLibvterm } from "./libvterm.mjs";
import { judgeXtermJs } from "./xterm-js.mjs";

/**
 * A judge and what its source has. It gives a verdict for each test.
 * @type {{ name: string, mark: string, judge: (folder: string) => Promise<Map<string, boolean>> }[]}
 */
const JUDGES = [
  { name: "alacritty", mark: "alacritty_terminal/tests/ref", judge: judgeAlacritty },
  { name: "xterm.js", mark: "test/fixtures/escape_sequence_files", judge: judgeXtermJs },
  { name: "esctest2", mark: "esctest/esctest.py", judge: judgeEsctest },
  { name: "libvterm", mark: "t/60screen_ascii.test", judge: judgeLibvterm },
];

const PICTURES = { name: "pictures", judge: async () => (await import("./pictures.mjs")).judgePictures() };

const folders = process.argv.slice(2);
if (folders[0] === "programs") process.exit(runTest("programs", "CASSETTE_PROGRAMS", folders[1]));
if (folders[0] === "recordings") process.exit(runTest("recordings", "CASSETTE_RECORDINGS", folders[1]));
if (folders.length === 0) {
  console.error(
    "usage: pnpm judges FOLDER… | pictures (sources of alacritty, xterm.js, esctest2 or libvterm)",
  );
  process.exit(2);
}
let unexplained = 0;
for (const folder of folders) {
  const judge = folder === "pictures" ? PICTURES : JUDGES.find(({ mark }) => existsSync(join(folder, mark)));
  if (judge === undefined) {
    console.error(`${folder}: none of ${JUDGES.map(({ name }) => name).join(", ")}`);
    process.exit(2);
  }
  const verdicts = await judge.judge(folder);
  const failed = [...verdicts].filter(([, passes]) => !passes).map(([test]) => test);
  console.log(`${judge.name}: ${verdicts.size - failed.length} of ${verdicts.size}`);
  for (const test of failed) {
    const cause = causeOf(judge.name, test);
    if (cause === null) unexplained++;
    console.log(`  ${test}: ${cause ?? "?"}`);
  }
}
process.exitCode = unexplained > 0 ? 1 : 0;

/** Runs a test with all that a folder has; its exit status. */
function runTest(name, variable, folder = "") {
  const root = join(import.meta.dirname, "../..");
  const vitest = join(root, "node_modules/vitest/vitest.mjs");
  const { status } = spawnSync(
    process.execPath,
    [vitest, "run", "--reporter", "verbose", `tools/judges/${name}.test.mjs`],
    { cwd: root, stdio: "inherit", env: { ...process.env, [variable]: folder && resolve(folder) } },
  );
  return status ?? 1;
}
