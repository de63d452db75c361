import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { PtySession } from "@cassette/format";
import { afterAll } from "vitest";

/** Bytes of every value in an order that repeats nowhere near, so that a lost or doubled piece shows. */
export function noise(length: number): Buffer {
  const bytes = Buffer.allocUnsafe(length);
  let state = 0x2545f491;
  for (let at = 0; at < length; at++) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    bytes[at] = state;
  }
  return bytes;
}

export function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** A directory for one test file, called at its top; it goes after the tests. */
export function temporaryDirectory(): string {
  const path = mkdtempSync(join(tmpdir(), "cassette-pty-"));
  afterAll(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** Writes `bytes` to a file of its own. */
export function fileOf(directory: string, name: string, bytes: Uint8Array): string {
  const path = join(directory, name);
  writeFileSync(path, bytes);
  return path;
}

/** All output, with something done after each chunk. */
export async function readAll(session: PtySession, after: () => unknown = () => {}): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const { bytes } of session.output()) {
    chunks.push(bytes);
    await after();
  }
  return Buffer.concat(chunks);
}
