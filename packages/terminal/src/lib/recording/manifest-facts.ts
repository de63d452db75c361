import { execFile } from "node:child_process";
import { hash } from "node:crypto";
import { existsSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { promisify } from "node:util";
import type { EmulatorIdentity, FreeMap, Manifest, TerminalSize } from "@cassette/format";

/** Known facts before a recording begins; {@link observeManifest} finds the rest. */
export interface ObservedFacts {
  argv: readonly [string, ...string[]];
  size: TerminalSize;
  cwd?: string;
  env: NodeJS.ProcessEnv;
  emulator: EmulatorIdentity;
  timeoutMs?: number;
  /** Names of variables to record, never their values. */
  envNames: readonly string[];
  resolutionMs: number;
  /** Name and version of the recorder: `@cassette/cli@1.0.0`. */
  recorder: string;
  /** Fields of `optional.cassette`. */
  cassette: FreeMap;
  /** Milliseconds since the epoch. */
  now: number;
}

/** Describes a recording before it begins. Never rejects. */
export async function observeManifest(facts: ObservedFacts): Promise<ManifestFacts> {
  const { argv, size, cwd, env, emulator, timeoutMs, envNames, resolutionMs, recorder, cassette, now } =
    facts;
  const { identifyProgram, START_MODES } = await import("@cassette/pty");
  const [revision, program] = await Promise.all([gitRevision(), identifyProgram({ argv, cwd, env })]);
  return {
    harness: {
      name: basename(argv[0]),
      ...(program && { binary_path_digest_sha256: hash("sha256", program.file, "hex") }),
      captured_at: `${new Date(now).toISOString().slice(0, 19)}Z`,
    },
    command: {
      argv: [...argv],
      workdir_policy: "inherited",
      env_allowlist: [...envNames],
      timeout_ms: timeoutMs,
    },
    terminal: {
      initial_rows: size.rows,
      initial_cols: size.cols,
      locale: env.LC_ALL || env.LC_CTYPE || env.LANG,
      term: env.TERM,
      pty_mode: { icanon: START_MODES.canonical, echo: START_MODES.echo },
      emulator,
    },
    timing: { resolution_ms: resolutionMs, clock_policy: "monotonic-elapsed", replay_default: "realtime" },
    provenance: { git_sha: revision, recorder_version: recorder },
    optional: { cassette: { ...cassette, ...(program && { binary_sha256: program.sha256 }) } },
  };
}

/** The part of a manifest that the recorder receives. */
export type ManifestFacts = Pick<Manifest, "harness" | "command" | "terminal" | "timing" | "optional"> & {
  provenance: Pick<Manifest["provenance"], "git_sha" | "recorder_version">;
};

/** The revision of the current repository; undefined outside of one, or without git. */
async function gitRevision(): Promise<string | undefined> {
  // Without a repository, git need not be started.
  if (process.env.GIT_DIR === undefined && !isInWorkTree(process.cwd())) return undefined;
  try {
    const { stdout } = await promisify(execFile)("git", ["rev-parse", "HEAD"], { timeout: 2_000 });
    return stdout.trim() || undefined;
  } catch {
    return undefined;
  }
}

function isInWorkTree(dir: string): boolean {
  return existsSync(join(dir, ".git")) || (dirname(dir) !== dir && isInWorkTree(dirname(dir)));
}
