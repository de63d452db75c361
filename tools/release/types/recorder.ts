import { createRecorder, type Recorder, type Recovery, recover } from "@cassette/core";
import type { ScrubReport } from "@cassette/format";

export async function write(recorder: Recorder, report: ScrubReport): Promise<number> {
  const { seq } = recorder.recordOutput(new Uint8Array(3));
  recorder.recordInput({ kind: "input", bytes: new Uint8Array(1), key: "enter" });
  recorder.writeScrubReport(report);
  // @ts-expect-error: bytes, not text
  recorder.recordOutput("text");
  await recorder.drain();
  await recorder.close();
  const recovery: Recovery | null = await recover("x");
  return recovery?.interrupted ? 0 : seq;
}

// @ts-expect-error: a size has rows and columns
createRecorder("dir", { manifest: { terminal: { initial_rows: "24" } } });
