// Times jobs in turns: every round runs each job once, so that changes in the machine's speed affect all jobs alike.
import { readFileSync } from "node:fs";
import { performance } from "node:perf_hooks";

/** The kernel counts processor time in hundredths of a second. */
const CLOCK_TICK_MS = 10;

/**
 * @typedef {object} Job
 * @property {string} name
 * @property {() => unknown | Promise<unknown>} run does the work once. It may return a function that cleans up, untimed, or
 * `{ peakMb }`, the memory that a program took
 * @property {number} [bytes] how much work it is, for a rate
 * @property {number} [records] the same in records
 */

/**
 * @typedef {object} Result
 * @property {string} name
 * @property {number} wallMs median over the rounds
 * @property {number} minMs
 * @property {number} maxMs
 * @property {number} cpuMs median; the job's own process time and that of its children
 * @property {number | null} mbPerS from `bytes` and the median
 * @property {number | null} recordsPerS from `records` and the median
 * @property {number | null} peakMb the largest, if programs ran
 * @property {number} ratio median of the ratios to the yardstick, round by round
 * @property {number} cpuRatio the same of processor time
 */

/**
 * Runs jobs and compares them with the first, the yardstick.
 * @param {Job[]} jobs
 * @param {{ rounds?: number, warmups?: number, log?: (line: string) => void }} [options]
 * @returns {Promise<Result[]>}
 */
export async function measure(jobs, { rounds = 5, warmups = 1, log = () => {} } = {}) {
  /** @type {{ wall: number, cpu: number, peakMb?: number }[][]} */
  const samples = jobs.map(() => []);
  for (let round = -warmups; round < rounds; round++) {
    log(round < 0 ? "warm-up" : `round ${round + 1} of ${rounds}`);
    for (const [index, job] of jobs.entries()) {
      const sample = await time(job.run);
      if (round >= 0) samples[index]?.push(sample);
    }
  }
  return jobs.map((job, index) => summarise(job, samples[index] ?? [], samples[0] ?? []));
}

async function time(run) {
  const before = { wall: performance.now(), cpu: cpuMs() };
  const result = await run();
  const sample = { wall: performance.now() - before.wall, cpu: cpuMs() - before.cpu, peakMb: result?.peakMb };
  if (typeof result === "function") await result();
  return sample;
}

/** Processor time of this process and of the children it has reaped, in ms. */
function cpuMs() {
  const own = process.cpuUsage();
  return (own.user + own.system) / 1_000 + childrenCpuMs();
}

/** Linux has the times of reaped children in /proc; elsewhere they are not counted. */
function childrenCpuMs() {
  try {
    const fields = readFileSync("/proc/self/stat", "utf8").split(") ")[1]?.split(" ") ?? [];
    return (Number(fields[13]) + Number(fields[14])) * CLOCK_TICK_MS;
  } catch {
    return 0;
  }
}

function summarise({ name, bytes, records }, samples, yardstick) {
  const wall = samples.map((sample) => sample.wall);
  const wallMs = median(wall);
  return {
    name,
    wallMs,
    minMs: Math.min(...wall),
    maxMs: Math.max(...wall),
    cpuMs: median(samples.map((sample) => sample.cpu)),
    mbPerS: bytes === undefined ? null : bytes / 1e6 / (wallMs / 1e3),
    recordsPerS: records === undefined ? null : records / (wallMs / 1e3),
    peakMb: highest(samples.map(({ peakMb }) => peakMb)),
    ratio: median(samples.map((sample, i) => sample.wall / yardstick[i].wall)),
    cpuRatio: median(samples.map((sample, i) => sample.cpu / yardstick[i].cpu)),
  };
}

function highest(values) {
  const known = values.filter((value) => value !== undefined);
  return known.length > 0 ? Math.max(...known) : null;
}

/** @param {number[]} values */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/**
 * Results as rows of cells; the first row is the header.
 * @param {Result[]} results
 * @returns {string[][]}
 */
export function rows(results) {
  const cells = results.map((result) => [
    result.name,
    `${result.wallMs.toFixed(1)} ms`,
    `${result.minMs.toFixed(1)}–${result.maxMs.toFixed(1)}`,
    rate(result),
    result.peakMb == null ? "" : `${result.peakMb.toFixed(0)} MB`,
    `× ${result.ratio.toFixed(2)}`,
    `× ${result.cpuRatio.toFixed(2)}`,
  ]);
  return [["", "median", "min–max", "rate", "peak", "wall", "cpu"], ...cells];
}

/**
 * Formats results as a text table.
 * @param {string} title
 * @param {Result[]} results
 */
export function table(title, results) {
  const laidOut = rows(results);
  const widths = laidOut[0].map((_, column) => Math.max(...laidOut.map((row) => row[column].length)));
  const lines = laidOut.map((row) =>
    row
      .map((cell, column) => pad(cell, widths[column], column))
      .join("  ")
      .trimEnd(),
  );
  return [title, ...lines.map((line) => `  ${line}`)].join("\n");
}

function rate({ mbPerS, recordsPerS }) {
  const rates = [];
  if (mbPerS != null) rates.push(`${mbPerS.toFixed(0)} MB/s`);
  if (recordsPerS != null) rates.push(`${Math.round(recordsPerS / 1e3)} k/s`);
  return rates.join(", ");
}

function pad(cell, width, column) {
  return column === 0 ? cell.padEnd(width) : cell.padStart(width);
}
