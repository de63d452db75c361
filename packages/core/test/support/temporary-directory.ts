import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";

/** In memory where that can be had: a thousand syncs of a disk take half a minute. */
const MEMORY = existsSync("/dev/shm") ? "/dev/shm" : tmpdir();

/** A directory that lives as long as the test; one `inMemory` should hold little. */
export function temporaryDirectory({ inMemory = false } = {}): string {
  const dir = mkdtempSync(join(inMemory ? MEMORY : tmpdir(), "cassette-core-"));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}
