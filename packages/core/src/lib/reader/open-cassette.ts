import type { ArtifactSource, EmulatorIdentity } from "@cassette/format";
import type { Binding } from "./binding.js";
import type { Cassette } from "./cassette.js";
import { openDirectory } from "./directory-source.js";
import { type ReaderLimits, withDefaultLimits } from "./limits.js";
import { nodeHashing } from "./node-hashing.js";
import { openFiles } from "./open-files.js";
import { createCassette, openSource } from "./open-source.js";
import type { Verified } from "./verify.js";

/** What a caller requires of a cassette, and how much it may cost. */
export interface OpenOptions {
  /** Refuse any other cassette. */
  expect?: Binding;
  /** Refuse frames of any other emulator. */
  emulator?: EmulatorIdentity;
  /** `manifest.optional.integrity` is verified if present; "required" refuses a cassette without it. */
  integrity?: "if-present" | "required";
  limits?: Partial<ReaderLimits>;
  /** Aborts the opening. */
  signal?: AbortSignal;
}

/**
 * Opens a cassette after checking all of it: every line, the order of all records, every digest. Reads each file once,
 * in memory that does not grow with `output.raw`.
 * @param from the cassette's directory, or another source of its files, which is closed with the cassette.
 * @throws CassetteError for the first problem, with the file and line if there is one; `signal.reason`
 * when aborted.
 */
export async function openCassette(
  from: string | ArtifactSource,
  options: OpenOptions = {},
): Promise<Cassette> {
  const { limits: given, ...requirements } = options;
  const limits = withDefaultLimits(given);
  requirements.signal?.throwIfAborted();
  return openSource(typeof from === "string" ? openDirectory(from) : from, requirements, limits, nodeHashing);
}

/** Opens a cassette that this process has just verified; reads nothing yet. */
export async function openVerified(dir: string, limits: ReaderLimits, verified: Verified): Promise<Cassette> {
  return createCassette(dir, await openFiles(openDirectory(dir), limits, nodeHashing), limits, verified);
}
