import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createRecorder, type Recorder } from "@cassette/core";
import { createXtermEmulator, XTERM_IDENTITY } from "@cassette/frames";
import { onTestFinished } from "vitest";

/** A directory that is gone after the test. */
export function temporaryDirectory(): string {
  const dir = mkdtempSync(join(tmpdir(), "cassette-testing-"));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

const SIZE = { rows: 4, cols: 24 };

/** A recording under way whose time a test sets; frames are taken on request. */
export interface SampleRecording {
  recorder: Recorder;
  at(ms: number): void;
  output(text: string): Promise<void>;
  resize(rows: number, cols: number): void;
  frame(options?: { cells?: boolean }): void;
}

/** Records a cassette as a test dictates. */
export async function record(
  dir: string,
  dictate: (recording: SampleRecording) => Promise<void>,
  timing: { resolution_ms?: number } = {},
): Promise<string> {
  let now = 0;
  let rawEnd = 0;
  const emulator = createXtermEmulator(SIZE);
  const recorder = await createRecorder(dir, {
    clock: { now: () => Date.UTC(2026, 0, 2, 3, 4, 5), monotonic: () => now },
    manifest: {
      id: "sample",
      terminal: { initial_rows: SIZE.rows, initial_cols: SIZE.cols, emulator: XTERM_IDENTITY },
      timing: { resolution_ms: 50, ...timing },
    },
  });
  await dictate({
    recorder,
    at: (ms) => {
      now = ms;
    },
    async output(text) {
      const bytes = Buffer.from(text);
      rawEnd += bytes.length;
      recorder.recordOutput(bytes);
      await emulator.feed(bytes);
    },
    resize(rows, cols) {
      recorder.recordInput({ kind: "resize", size: { Rows: rows, Cols: cols } });
      emulator.resize({ rows, cols });
    },
    frame(options) {
      const { alternate: _, title, ...screen } = emulator.snapshot(options);
      recorder.recordFrame({ ...screen, ...(title && { title }), raw_end: rawEnd, parser_offset: rawEnd });
    },
  });
  await recorder.close();
  emulator.close();
  return dir;
}

/** A small session with one of everything that assertions look for. */
export async function recordSample(dir: string): Promise<string> {
  return record(dir, async ({ recorder, at, output, resize, frame }) => {
    recorder.recordServiceEvent({ type: "sample", stage: "start", list: [{ n: 1 }, { n: 2 }] });
    await output("\x1b]0;demo\x07\x1b[1;31mhello\x1b[m world\r\n$ ");
    frame({ cells: true });
    at(100);
    recorder.recordInput({ bytes: Buffer.from("h"), key: "h" });
    at(150);
    await output("\x1b[?1049h\x1b[2J\x1b[HHelp\x07");
    frame();
    at(400);
    resize(6, 30);
    at(450);
    await output("\x1b[?1049lpid=4711 at 12:34:56");
    frame();
    recorder.recordServiceEvent({ type: "cassette.mark", label: "after help" });
    at(650);
    recorder.recordInput({ bytes: Buffer.from("\x1b[200~a\x1b[201~"), key: "paste" });
    await output("\r\n\x1b]0;bye\x07done\x1b[?25l");
    frame();
    recorder.recordServiceEvent({ type: "sample", stage: "end" });
    at(1_000);
    recorder.recordFinal({
      exit: { Code: 3, Signal: "", Exited: true, Signaled: false },
      metadata: { case: "sample", tries: 2 },
      final_text: "done",
    });
  });
}
