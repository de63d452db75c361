// The cost of a test suite: hundreds of scenarios together, and one scenario over a recording of an hour.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { createRecorder } from "@cassette/core";
import { openCassette } from "@cassette/core/reader";
import { createSampler, createXtermEmulator } from "@cassette/frames";
import { runScenario } from "@cassette/testing";

/** @param {import("../main.mjs").Bench} bench */
export async function groups({ dir, quick, cassette, spawn }) {
  const count = quick ? 50 : 500;
  const files = [];
  for (let index = 0; index < count; index++) files.push(await scenarioOver(dir, `short-${index}`, 20_000));
  const hour = await scenarioOver(dir, "hour", 3_600_000);
  const test = (judged) => spawn([process.execPath, cassette, "test", ...judged]);
  return [
    { title: `${count} scenarios of 20 s`, jobs: jobsOver(files, test), missing: [] },
    { title: "a scenario of an hour, in real time", jobs: jobsOver([hour], test), missing: [] },
  ];
}

function jobsOver(files, test) {
  const judge = async (file) => {
    const { ok, failures, error } = await runScenario(file);
    if (!ok) throw error ?? new Error(failures.map(({ assertion }) => assertion).join(", "));
  };
  return [
    { name: "open and verify the cassettes", run: () => Promise.all(files.map(verify)) },
    { name: "runScenario", run: () => Promise.all(files.map(judge)) },
    { name: "cassette test", run: () => test(files) },
  ];
}

async function verify(file) {
  const cassette = await openCassette(file.replace(/\.json$/, ".cassette"));
  await cassette.close();
}

const ASSERTIONS = [
  { type: "frame_contains", text: "tick 1 of" },
  { type: "frame_contains", text: "load", at_ms: 9_000 },
  { type: "frame_never_contains", text: "Traceback" },
  { type: "frame_eventually_contains", text: "tick 7 of" },
  { type: "frame_matches", pattern: "/tick \\d+ of/" },
  { type: "frame_stable_for", text: "load", at_ms: 0, stable_for_ms: 15_000 },
  { type: "size", rows: 24, cols: 80 },
  { type: "raw_output_order" },
  { type: "timing_gap", kind: "frame", max_ms: 2_500 },
  { type: "title", text: "bench" },
  { type: "alternate_screen", active: false },
  { type: "exit_status", exit_code: 0 },
];

/** Records a program that paints a whole screen twice a second, and writes a scenario for it. */
async function scenarioOver(dir, name, durationMs) {
  const size = { rows: 24, cols: 80 };
  let now = 0;
  const emulator = createXtermEmulator(size);
  const sampler = createSampler({ emulator });
  const recorder = await createRecorder(join(dir, `${name}.cassette`), {
    clock: { now: () => now, monotonic: () => now },
    manifest: {
      terminal: { initial_rows: 24, initial_cols: 80, emulator: emulator.identity },
      timing: { resolution_ms: 1 },
    },
  });
  const keep = (frames) => {
    for (const { frame } of frames) recorder.recordFrame(frame);
  };
  let seq = 0;
  for (; now < durationMs; now += 500) {
    const bytes = paint(now);
    keep(await sampler.observe({ seq: ++seq, t_ms: now, kind: "output", bytes }));
    recorder.recordOutput(bytes);
    await recorder.drain();
  }
  keep(await sampler.observe({ seq: ++seq, t_ms: now, kind: "final" }));
  recorder.recordFinal({ exit: { Code: 0, Signal: "", Exited: true, Signaled: false } });
  await recorder.close();
  emulator.close();
  const scenario = {
    name,
    cassette_path: `${name}.cassette`,
    replay_mode: "realtime",
    groups: { all: ASSERTIONS },
  };
  const file = join(dir, `${name}.json`);
  writeFileSync(file, JSON.stringify(scenario));
  return file;
}

function paint(now) {
  const rows = Array.from({ length: 22 }, (_, row) =>
    `process ${row} load ${(now * (row + 7)) % 1_000} `.repeat(3),
  );
  return Buffer.from(`\x1b]0;bench\x07\x1b[H\x1b[2Jtick ${now / 500} of many\r\n${rows.join("\r\n")}`);
}
