import { describe, expect, it } from "vitest";
import { deriveFrames } from "../src/index.js";
import { collect } from "./collect.js";
import { RECORDINGS } from "./recordings.js";

const CHUNK = 4_096;
const PACE_MS = 20;

describe("deriveFrames", () => {
  it("makes frames of heavy output that are less than a tenth of it", async () => {
    const output = Buffer.concat(RECORDINGS.map((recording) => recording.output));
    const chunks = Math.ceil(output.length / CHUNK);
    const events = Array.from({ length: chunks }, (_, index) => ({
      kind: "output" as const,
      seq: index + 1,
      t_ms: index * PACE_MS,
      bytes: output.subarray(index * CHUNK, (index + 1) * CHUNK),
    }));
    const end = { kind: "final" as const, seq: chunks + 1, t_ms: chunks * PACE_MS };
    const frames = await collect(deriveFrames({ size: { rows: 24, cols: 80 }, events: [...events, end] }));
    const written = frames.reduce((sum, { frame }) => sum + JSON.stringify(frame).length, 0);
    expect(frames.length).toBeGreaterThan(1);
    expect(written).toBeLessThan(output.length / 10);
  });
});
