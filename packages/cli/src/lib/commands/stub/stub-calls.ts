import { appendFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

/** Variable with the file to which an installed stub adds the recordings that it plays. */
export const STUB_CALLS = "CASSETTE_STUB_CALLS";

/** Beside the executables: of each, its recordings and which of them were played. */
const NOTES = ".cassette-stubs";

/** The recordings of an installed stub that were never played. */
export interface UncalledStub {
  name: string;
  recordings: string[];
}

/** The file for {@link STUB_CALLS} of a stub. */
export function callsFile(folder: string, name: string): string {
  return resolve(folder, NOTES, `${name}.calls`);
}

/** Remembers which recordings an executable plays, none of them played so far. */
export function noteStub(folder: string, name: string, recordings: readonly string[]): void {
  const notes = join(folder, NOTES);
  mkdirSync(notes, { recursive: true });
  writeFileSync(join(notes, `${name}.json`), `${JSON.stringify(recordings)}\n`);
  rmSync(callsFile(folder, name), { force: true });
}

/** Adds a recording to those that were played, if this process is an installed stub. Failures do not disturb the stub. */
export function noteCall(recording: string): void {
  const file = process.env[STUB_CALLS];
  if (file === undefined) return;
  try {
    appendFileSync(file, `${JSON.stringify(recording)}\n`);
  } catch {
    // The folder may be read-only.
  }
}

/** The stubs in a folder of which not every recording was played; null if there is no stub at all. */
export function uncalledStubs(folder: string): UncalledStub[] | null {
  const names = filesOf(join(folder, NOTES)).filter((file) => file.endsWith(".json"));
  if (names.length === 0) return null;
  const stubs = names.map((file) => {
    const recordings = JSON.parse(readFileSync(join(folder, NOTES, file), "utf8")) as string[];
    const called = new Set(linesOf(join(folder, NOTES, file.replace(/json$/, "calls"))));
    return {
      name: file.slice(0, -".json".length),
      recordings: recordings.filter((recording) => !called.has(JSON.stringify(recording))),
    };
  });
  return stubs.filter(({ recordings }) => recordings.length > 0);
}

function filesOf(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}

function linesOf(file: string): string[] {
  try {
    return readFileSync(file, "utf8").split("\n");
  } catch {
    return [];
  }
}
