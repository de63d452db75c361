import { createHash } from "node:crypto";
import { type FileHandle, open } from "node:fs/promises";
import type { PtyStartOptions } from "@cassette/format";
import { findProgram } from "./launch.js";

/** The file that would be started. */
export interface ProgramIdentity {
  /** Absolute path. */
  file: string;
  /** Lower-case hexadecimal SHA-256 of its bytes. */
  sha256: string;
}

const PIECE_BYTES = 1024 * 1024;

/**
 * Finds the file that `start` would start, and its digest.
 * @returns null if there is none, or it cannot be read.
 */
export async function identifyProgram(
  options: Pick<PtyStartOptions, "argv" | "cwd" | "env">,
): Promise<ProgramIdentity | null> {
  const file = findProgram(options);
  if (file === null) return null;
  try {
    await using program = await open(file);
    return { file, sha256: await digestOf(program) };
  } catch {
    return null;
  }
}

/** Reads in pieces: a program may be large, and creating a stream takes longer than reading most files. */
async function digestOf(program: FileHandle): Promise<string> {
  const digest = createHash("sha256");
  const piece = Buffer.allocUnsafeSlow(PIECE_BYTES);
  for (;;) {
    const { bytesRead } = await program.read(piece);
    if (bytesRead === 0) return digest.digest("hex");
    digest.update(piece.subarray(0, bytesRead));
  }
}
