#!/usr/bin/env node
// How long it takes to show the screen at any moment of a long recording. Usage: node packages/frames/bench/seek.mjs [MEGABYTES] [SEEKS]
import { corpus, log, seekTimes } from "./jobs.mjs";

const [megabytes = 100, seeks = 1_000] = process.argv.slice(2).map(Number);
for (const [name, output] of [
  ["full-screen programs", corpus(megabytes * 1e6)],
  ["a log", log(megabytes * 1e6)],
]) {
  const { times, share } = await seekTimes(output, seeks);
  const percentile = (part) => `${times[Math.ceil(part * times.length) - 1].toFixed(1)} ms`;
  console.log(
    `${name}, ${megabytes} MB, ${seeks} seeks: median ${percentile(0.5)}, 95 % within ${percentile(0.95)},`,
    `longest ${percentile(1)}; checkpoints ${(share * 100).toFixed(2)} % of the output`,
  );
}
