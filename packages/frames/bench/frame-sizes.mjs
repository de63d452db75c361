#!/usr/bin/env node
// How large frames.jsonl is beside output.raw. Usage: node packages/frames/bench/frame-sizes.mjs
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { deriveFrames } from "@cassette/frames";
import { corpus, drawingJobs, log } from "./jobs.mjs";

const RECORDINGS = join(import.meta.dirname, "../fixtures/recordings");
/** What the recorder adds to a frame: its number and a line feed. */
const BESIDES = '"seq":100,\n'.length;
const HEAVY = 20e6;

const recordings = readdirSync(RECORDINGS)
  .filter((file) => file.endsWith(".raw"))
  .map((file) => readRecording(file.slice(0, -4)));
for (const policy of [undefined, { kind: "chunk" }]) {
  const shares = [];
  for (const recording of recordings) {
    const lines = [];
    for await (const { frame } of deriveFrames({ ...recording, policy })) {
      lines.push(JSON.stringify(frame).length + BESIDES);
    }
    const all = lines.reduce((sum, line) => sum + line, 0);
    shares.push({ raw: recording.bytes, all, last: lines.at(-1) ?? 0, share: all / recording.bytes });
  }
  shares.sort((a, b) => a.share - b.share);
  const sum = (field) => shares.reduce((total, one) => total + one[field], 0);
  console.log(
    `${shares.length} recordings, ${policy?.kind ?? "default"} policy: ${(sum("all") / sum("raw")).toFixed(2)} in all,`,
    `${shares[shares.length >> 1].share.toFixed(2)} in the median; their last frames alone`,
    (sum("last") / sum("raw")).toFixed(2),
  );
}
for (const [name, output] of [
  ["full-screen programs at 200 KB a second", corpus(HEAVY)],
  ["a log at 200 KB a second", log(HEAVY)],
]) {
  const [, , derive] = drawingJobs(output);
  console.log(`${name}: ${((await derive.run()) / output.length).toFixed(3)}`);
}

function readRecording(name) {
  const raw = readFileSync(join(RECORDINGS, `${name}.raw`));
  const { rows, cols, events } = JSON.parse(readFileSync(join(RECORDINGS, `${name}.json`), "utf8"));
  let offset = 0;
  const sampled = events.map(([t_ms, what, width], index) => {
    const at = { seq: index + 1, t_ms };
    if (what === "input") return { ...at, kind: "input" };
    if (width !== undefined) return { ...at, kind: "resize", size: { Rows: what, Cols: width } };
    const bytes = raw.subarray(offset, offset + what);
    offset += what;
    return { ...at, kind: "output", bytes };
  });
  const end = { kind: "final", seq: events.length + 1, t_ms: events.at(-1)[0] };
  return { size: { rows, cols }, events: [...sampled, end], bytes: raw.length };
}
