import { readFileSync } from "node:fs";

/**
 * The most memory this process held, in MB. Linux also reports that of the process which started it as `maxRSS`, because for a moment
 * this one is a copy of it.
 */
export function peakMegabytes() {
  return (highWaterMark() ?? process.resourceUsage().maxRSS) / 1_000;
}

/** In kilobytes; null where the system has no such file. */
function highWaterMark() {
  try {
    const [, kilobytes] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync("/proc/self/status", "utf8")) ?? [];
    return kilobytes === undefined ? null : Number(kilobytes);
  } catch {
    return null;
  }
}
