import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import type { PtyStartOptions } from "@cassette/format";
import { findProgram } from "./launch.js";

/** The file that would be started. */
export interface ProgramIdentity {
  /** Absolute path. */
  file: string;
  /** Lower-case hexadecimal SHA-256 of its bytes. */
  sha256: string;
}

/**
 * Finds the file that `start` would start, and its digest.
 * @returns null where there is none, or it cannot be read.
 */
export async function identifyProgram(
  options: Pick<PtyStartOptions, "argv" | "cwd" | "env">,
): Promise<ProgramIdentity | null> {
  const file = findProgram(options);
  if (file === null) return null;
  const digest = createHash("sha256");
  try {
    await pipeline(createReadStream(file, { highWaterMark: 1024 * 1024 }), digest);
  } catch {
    return null;
  }
  return { file, sha256: digest.digest("hex") };
}
