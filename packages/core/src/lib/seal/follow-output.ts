import { createHash } from "node:crypto";
import { type FileHandle, open } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import type { Redactor, ScrubbedStream, StreamEvent } from "@cassette/format";

/** A scan of the output of a recording that was made while it was recorded. */
export interface FollowedScan {
  /** Digest of the bytes that were scanned, lower-case hexadecimal: whether they are the recorded ones is for the caller to compare. */
  sha256: string;
  found: ScrubbedStream;
}

/** Follows the output of a recording in progress. */
export interface OutputFollower {
  /**
   * Scans the rest.
   * @param size bytes of output in all.
   * @throws `signal.reason` when aborted.
   */
  finish(size: number, signal: AbortSignal): Promise<FollowedScan>;
  /** Gives up. */
  close(): void;
}

/** How a file is followed. */
export interface FollowOptions {
  redactor: Redactor;
  /** Bytes of output in all; null while more may come. */
  totalSize: () => number | null;
  signal?: AbortSignal;
}

const BLOCK = 256 * 1_024;
/** The recorder writes as often. */
const LOOK_MS = 10;

/**
 * Scans the output of a recording while it is written: the stream alone, without screens.
 * @param path of `output.raw` in a spool.
 * @throws `signal.reason` when aborted; the errors of reading.
 */
export async function followOutput(path: string, options: FollowOptions): Promise<FollowedScan> {
  const { redactor, signal } = options;
  const digest = createHash("sha256");
  await using file = await open(path, "r");
  async function* events(): AsyncGenerator<StreamEvent, void> {
    for await (const bytes of growing(file, options)) {
      digest.update(bytes);
      yield { bytes };
    }
  }
  const found = await redactor.scrubStream(events(), { signal });
  return { sha256: digest.digest("hex"), found };
}

/** The bytes of a file to its end, once that is known. */
async function* growing(
  file: FileHandle,
  { totalSize, signal }: FollowOptions,
): AsyncGenerator<Uint8Array, void> {
  const block = Buffer.allocUnsafeSlow(BLOCK);
  for (let at = 0; ; ) {
    signal?.throwIfAborted();
    const end = totalSize();
    const wanted = Math.min(BLOCK, (end ?? Number.POSITIVE_INFINITY) - at);
    const { bytesRead } = wanted > 0 ? await file.read(block, 0, wanted, at) : { bytesRead: 0 };
    // The size may have become known during the read.
    const bytes = Buffer.from(
      block.subarray(0, Math.min(bytesRead, (totalSize() ?? Number.POSITIVE_INFINITY) - at)),
    );
    at += bytes.length;
    if (bytes.length > 0) yield bytes;
    else if (end !== null) return;
    else await sleep(LOOK_MS);
  }
}
