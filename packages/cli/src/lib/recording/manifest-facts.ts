import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { basename } from "node:path";
import { promisify } from "node:util";
import type { EmulatorIdentity, Manifest, TerminalSize } from "@cassette/format";
import { VERSION } from "../version.js";

/** What the command can observe by itself for a manifest; the recorder fills in the rest. */
export interface ObservedFacts {
  argv: readonly string[];
  size: TerminalSize;
  env: NodeJS.ProcessEnv;
  emulator: EmulatorIdentity;
  timeoutMs?: number;
  /** Path of the program's file, if it was found. */
  binary?: string;
}

/** Finest time that is kept: at the library's 100 ms nothing can be seen to settle. */
const RESOLUTION_MS = 1;

/** Describes a recording about to begin. */
export async function observeManifest(facts: ObservedFacts): Promise<ManifestFacts> {
  const { argv, size, env, emulator, timeoutMs, binary } = facts;
  return {
    harness: {
      name: basename(argv[0] ?? ""),
      binary_path_digest_sha256: binary && createHash("sha256").update(binary).digest("hex"),
    },
    command: { argv: [...argv], workdir_policy: "inherited", timeout_ms: timeoutMs },
    terminal: {
      initial_rows: size.rows,
      initial_cols: size.cols,
      locale: env.LC_ALL || env.LC_CTYPE || env.LANG,
      term: env.TERM,
      emulator,
    },
    timing: { resolution_ms: RESOLUTION_MS, clock_policy: "monotonic-elapsed", replay_default: "realtime" },
    provenance: { git_sha: await gitRevision(), recorder_version: `@cassette/cli@${VERSION}` },
  };
}

/** The part of a manifest that is given to the recorder. */
export type ManifestFacts = Pick<Manifest, "harness" | "command" | "terminal" | "timing"> & {
  provenance: Pick<Manifest["provenance"], "git_sha" | "recorder_version">;
};

/** The revision of the repository one stands in; undefined outside of one, or without git. */
async function gitRevision(): Promise<string | undefined> {
  try {
    const { stdout } = await promisify(execFile)("git", ["rev-parse", "HEAD"], { timeout: 2_000 });
    return stdout.trim() || undefined;
  } catch {
    return undefined;
  }
}
