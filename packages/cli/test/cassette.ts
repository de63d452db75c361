import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";

/** The built command. */
export const COMMAND = join(import.meta.dirname, "../dist/main.cjs");

/** What a run of the command came to. */
export interface Outcome {
  status: number | null;
  stdout: string;
  stderr: string;
}

/** How a run differs from an ordinary one. */
export interface RunOptions {
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  /** Path of the Node it runs on. */
  node?: string;
  /** Another build of the command. */
  command?: string;
  /** Its standard input. Default: empty. */
  stdin?: string | Uint8Array;
  /** Called with the running process, to interrupt it. */
  onStart?: (kill: (signal: NodeJS.Signals) => void) => void;
}

/** Runs the built command as a user would, without a terminal. */
export function cassette(args: readonly string[], options: RunOptions = {}): Promise<Outcome> {
  const { cwd, env = process.env, node = process.execPath, command = COMMAND, stdin, onStart } = options;
  return new Promise((resolve, reject) => {
    const child = spawn(node, [command, ...args], {
      cwd,
      env,
      stdio: [stdin === undefined ? "ignore" : "pipe", "pipe", "pipe"],
    });
    child.stdin?.end(stdin);
    let stdout = "";
    let stderr = "";
    child.stdout?.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
    });
    child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
    });
    child.on("error", reject);
    child.on("close", (status) => resolve({ status, stdout, stderr }));
    onStart?.((signal) => child.kill(signal));
  });
}

const directories: string[] = [];
// Tests that run at the same time have no end of their own to wait for here.
afterAll(() => {
  for (const dir of directories) rmSync(dir, { recursive: true, force: true });
});

/** A directory that is gone after the tests of a file. */
export function temporaryDirectory(): string {
  const dir = mkdtempSync(join(tmpdir(), "cassette-test-"));
  directories.push(dir);
  return dir;
}
