import { randomUUID } from "node:crypto";
import { existsSync, mkdirSync } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { join } from "node:path";
import type { PtyDriver } from "@cassette/format";
import { createRecordingDriver } from "@cassette/terminal";

/** Folders of failures, by the terminal on which they happened. */
const failed = new WeakMap<object, string>();

/** Remembers that a test failed on a terminal. @param folder where its evidence is */
export function noteFailedSession(subject: unknown, folder: string): void {
  if (typeof subject === "object" && subject !== null && !failed.has(subject)) failed.set(subject, folder);
}

/** A session that is recorded beside a test, and kept if the test fails on it. */
export interface KeptSession {
  /** Runs the program while it is recorded; a replay is not recorded again. */
  driver: PtyDriver;
  /** Call this when the session is closed: moves the cassette into the failure's folder, or removes it. */
  settle(terminal: object): Promise<void>;
}

/** Records a session into a folder for evidence; never in the place of a recording that a test uses. */
export function keepSession(driver: PtyDriver, folder: string): KeptSession {
  mkdirSync(folder, { recursive: true });
  const target = join(folder, `.session-${randomUUID()}`);
  return {
    driver: createRecordingDriver(target, driver, { keepsBrokenOff: true }),
    async settle(terminal) {
      const own = failed.get(terminal);
      if (!existsSync(target)) return;
      if (own === undefined) await rm(target, { recursive: true, force: true });
      else await rename(target, join(own, "session.cassette"));
    },
  };
}
