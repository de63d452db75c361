import { mkdirSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createRecorder } from "@cassette/core";
import type { ScrubReport } from "@cassette/format";
import { onTestFinished } from "vitest";

/** What a recording made for a test has in it. */
export interface Sample {
  typed?: string;
  output?: string;
  exitCode?: number;
  /** RFC 3339. */
  recordedAt?: string;
  report?: ScrubReport;
}

/** A directory that lives as long as the test, by its real path. */
export function temporaryDirectory(): string {
  const dir = mkdtempSync(join(realpathSync(tmpdir()), "cassette-corpus-"));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

/** Makes a complete recording at a path. */
export async function makeRecording(path: string, sample: Sample = {}): Promise<void> {
  const {
    typed = "make\r",
    output = "done\r\n",
    exitCode = 0,
    recordedAt = "2026-01-02T03:04:05Z",
    report,
  } = sample;
  mkdirSync(join(path, ".."), { recursive: true });
  const recorder = await createRecorder(path, {
    manifest: {
      harness: { name: "make" },
      command: { argv: ["make", "all"] },
      provenance: { recorded_at: recordedAt },
    },
    integrity: true,
  });
  recorder.recordInput({ bytes: Buffer.from(typed) });
  recorder.recordOutput(Buffer.from(output));
  recorder.recordFrame({ size: { Rows: 24, Cols: 80 }, text: [output.trim()] });
  recorder.recordServiceEvent({ type: "cassette.mark", label: "end" });
  recorder.recordFinal({ exit: { Code: exitCode, Signal: "", Exited: true, Signaled: false } });
  if (report) recorder.writeScrubReport(report);
  await recorder.close();
}

/** Makes recordings `0.cassette`, `1.cassette`, … in a folder; every third one fails. */
export async function makeRecordings(folder: string, count: number): Promise<void> {
  for (let n = 0; n < count; n++)
    await makeRecording(join(folder, `${n}.cassette`), {
      typed: `step ${n}\r`,
      output: `line ${n}\r\n`,
      exitCode: n % 3 === 0 ? 1 : 0,
      recordedAt: `2026-01-0${1 + (n % 4)}T00:00:00Z`,
    });
}
