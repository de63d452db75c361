import { execFileSync } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";

const WRITE = join(import.meta.dirname, "../programs/write-cassette.mjs");
const READ = join(import.meta.dirname, "../programs/read-cassette.mjs");
const EVENT_BYTES = 100;

/**
 * The same work on growing inputs: time may grow in proportion, memory may not grow at all.
 * @param {import("../main.mjs").Bench} bench
 */
export function groups({ dir, quick, spawn }) {
  const sizes = [1, 10, ...(quick ? [] : [100, 1_000])].map((mb) => ({
    title: `${mb} MB`,
    chunk: 4_096,
    chunks: Math.round((mb * 1e6) / 4_096),
  }));
  const counts = [1e3, 1e4, ...(quick ? [] : [1e5, 1e6])].map((events) => ({
    title: `${events.toLocaleString("en")} events`,
    chunk: EVENT_BYTES,
    chunks: events,
  }));
  return [...sizes, ...counts].map(({ title, chunk, chunks }, index) => {
    const target = join(dir, `${index}.cassette`);
    const write = [process.execPath, WRITE, target, String(chunk), String(chunks)];
    execFileSync(write[0], write.slice(1));
    const work = { bytes: chunk * chunks, records: chunks };
    return {
      title,
      missing: [],
      jobs: [
        { name: "sha256sum", ...work, run: () => spawn(["sha256sum", join(target, "output.raw")]) },
        { name: "record, verify and commit", ...work, run: () => spawn(write) },
        { name: "open and verify", ...work, run: () => spawn([process.execPath, READ, target]) },
        { name: "open and replay", ...work, run: () => spawn([process.execPath, READ, target, "--replay"]) },
      ],
      close: () => rmSync(target, { recursive: true }),
    };
  });
}
