import { execFile, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, describe, expect, it } from "vitest";
import { cassette, temporaryDirectory } from "./cassette.js";
import { recorded, SESSIONS, type Session, type Step } from "./stub-sessions.js";

const PROGRAMS = join(import.meta.dirname, "programs");
const run = promisify(execFile);

/** Where Debian's packages of Python are; a version manager's own would need PATH. */
const PYTHON = "/usr/bin/python3";

/** Tools that drive terminal programs and know nothing of recordings. */
const DRIVERS: Record<string, { needs: string[]; command: string[]; steps?: (steps: Step[]) => string }> = {
  "Python's pty": { needs: [PYTHON, "-V"], command: [PYTHON, join(PROGRAMS, "drive.py")] },
  pexpect: {
    needs: [PYTHON, "-c", "import pexpect"],
    command: [PYTHON, join(PROGRAMS, "drive-pexpect.py")],
  },
  tmux: { needs: ["tmux", "-V"], command: [PYTHON, join(PROGRAMS, "drive-tmux.py")] },
  expect: {
    needs: ["expect", "-v"],
    command: [find("expect"), "-f", join(PROGRAMS, "drive.exp")],
    steps: (steps) => steps.flatMap((step) => Object.entries(step).map(inHex)).join("\n"),
  },
};

/** Where a process sees no network; nothing where that takes more rights than there are. */
const NO_NETWORK = runs(["unshare", "-rn", "true"]) ? [find("unshare"), "-rn"] : [];

describe(`cassette stub, in place of the program${NO_NETWORK.length > 0 ? " and of the network" : ""}`, () => {
  const root = mkdtempSync(join(tmpdir(), "cassette-stubs-"));
  afterAll(() => rmSync(root, { recursive: true }));

  for (const [name, session] of Object.entries(SESSIONS)) {
    const installed = once(() => install(join(root, name.replaceAll(" ", "-")), session));

    for (const [driver, { needs, command, steps = JSON.stringify }] of Object.entries(DRIVERS)) {
      it.skipIf(!runs(needs))(`is ${name} to ${driver}`, async () => {
        const { bin, cassettePath } = await installed();
        const dir = temporaryDirectory();
        writeFileSync(join(dir, "steps"), steps(session.steps));
        const files = [join(dir, "steps"), join(dir, "output")];
        // No other program can be found, and the home directory is empty.
        const env = { PATH: bin, HOME: dir, TERM: "xterm", LC_ALL: "C.UTF-8" };
        const [executable = "", ...args] = [...NO_NETWORK, ...command, ...files, ...session.argv];
        const { stdout } = await run(executable, args, { env });
        expect(readFileSync(join(dir, "output"), "latin1")).toBe(
          readFileSync(join(cassettePath, "output.raw"), "latin1"),
        );
        const { exit } = JSON.parse(readFileSync(join(cassettePath, "final.json"), "utf8"));
        expect(JSON.parse(stdout)).toEqual(exit.Signaled ? { signal: 15 } : { code: exit.Code });
      });
    }
  }
});

/** Records a session and puts a stub of it where nothing else is. */
async function install(dir: string, session: Session): Promise<{ bin: string; cassettePath: string }> {
  mkdirSync(dir);
  const { cassettePath } = await recorded(session, dir);
  const bin = join(dir, "bin");
  const args = ["stub", "install", cassettePath, "--name", session.argv[0], "--to", bin];
  expect(await cassette(args)).toMatchObject({ status: 0 });
  return { bin, cassettePath };
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

function inHex([verb, text]: [string, unknown]): string {
  return `${verb} ${Buffer.from(String(text), "latin1").toString("hex")}`;
}

function runs([command = "", ...args]: string[]): boolean {
  return spawnSync(command, args, { stdio: "ignore" }).status === 0;
}

/** A command's path, for where there is no PATH. */
function find(command: string): string {
  return spawnSync("sh", ["-c", `command -v ${command}`], { encoding: "utf8" }).stdout.trim() || command;
}
