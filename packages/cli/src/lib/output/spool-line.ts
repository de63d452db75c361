import { relative } from "node:path";
import type { SpoolInfo } from "@cassette/core";
import { humanSize } from "./human-size.js";
import { shellWord } from "./shell-word.js";

const STATES: Record<SpoolInfo["state"], string> = {
  recording: "in progress",
  left: "interrupted",
  copy: "unfinished copy",
  empty: "empty",
  unknown: "not readable",
};

/** One spool on one line: its path, state, size and age. */
export function spoolLine({ path, state, bytes, modified }: SpoolInfo, now = Date.now()): string {
  return `${shellWord(relative("", path))} ${STATES[state]}, ${humanSize(bytes)}, ${age(now - modified)} old`;
}

const UNITS = [
  ["d", 86_400_000],
  ["h", 3_600_000],
  ["min", 60_000],
] as const;

function age(ms: number): string {
  for (const [unit, size] of UNITS) if (ms >= size) return `${Math.floor(ms / size)} ${unit}`;
  return `${Math.max(0, Math.floor(ms / 1_000))} s`;
}
