import { join } from "node:path";
import { type Cassette, createRecorder, openCassette } from "@cassette/core";
import { sealOptions } from "@cassette/terminal/scrubbing";
import { RECORDINGS } from "../../frames/test/recordings.js";

/** Programs that scroll, draw, resize, and use both screens. */
export const NAMES = [
  "bash-editing",
  "dialog-gauge",
  "fish",
  "git-log",
  "htop",
  "less-long-lines",
  "node-repl",
  "top-resized",
  "vim-resized",
  "tmux-inside",
];
/** Makes a cassette of a recording of the frames package, in a folder. */
export async function cassetteOf(name: string, folder: string): Promise<Cassette> {
  const recording = RECORDINGS.find((each) => each.name === name);
  if (recording === undefined) throw new Error(`There is no recording ${name}.`);
  const { rows, cols } = recording.size;
  const dir = join(folder, name);
  let time = 0;
  const recorder = await createRecorder(dir, {
    manifest: {
      terminal: { initial_rows: rows, initial_cols: cols },
      timing: { resolution_ms: 1 },
    },
    clock: { now: () => 0, monotonic: () => time },
    integrity: true,
  });
  for (const event of recording.events) {
    time = event.t_ms;
    if (event.kind === "input") recorder.recordInput({ bytes: Buffer.from("x") });
    else if (event.kind === "resize") recorder.recordInput({ kind: "resize", size: event.size });
    else if (event.kind === "output") recorder.recordOutput(event.bytes);
  }
  recorder.recordServiceEvent({ type: "cassette.mark", label: "the end" });
  recorder.recordFinal({ exit: { Code: 3, Signal: "", Exited: true, Signaled: false } });
  await recorder.seal(sealOptions(null));
  return openCassette(dir);
}

/** What a terminal goes through. */
export async function stepsOf(cassette: Cassette) {
  const { initial_rows: rows, initial_cols: cols } = cassette.manifest.terminal;
  const steps: (Uint8Array | { rows: number; cols: number })[] = [];
  for await (const event of cassette.events()) {
    if (event.kind === "output") steps.push(await cassette.bytes(event.record));
    else if (event.kind === "input" && event.record.size)
      steps.push({ rows: event.record.size.Rows, cols: event.record.size.Cols });
  }
  return { size: { rows, cols }, steps };
}
