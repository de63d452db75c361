import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { pickMoments } from "./pick-moments.js";

describe("pickMoments", () => {
  it("shows each change at its time, and the last one for a while", () => {
    expect(pickMoments([500, 1_500], 1_600)).toEqual([
      { t_ms: 0, durationMs: 500 },
      { t_ms: 500, durationMs: 1_000 },
      { t_ms: 1_500, durationMs: 2_000 },
    ]);
    expect(pickMoments([500], 9_500, { holdMs: 100 }).at(-1)).toEqual({ t_ms: 500, durationMs: 9_000 });
    expect(pickMoments([], 0)).toEqual([{ t_ms: 0, durationMs: 2_000 }]);
  });

  it("waits until the program has finished drawing", () => {
    // Four pieces of one screen, then a pause; the next screen begins within the same tenth of a second.
    expect(
      pickMoments([1_000, 1_001, 1_002, 1_003, 1_090, 1_091, 1_092], 1_200, { fps: 10 }).map(
        ({ t_ms }) => t_ms,
      ),
    ).toEqual([0, 1_092]);
    expect(
      pickMoments([1_000, 1_001, 1_002, 1_096, 1_099, 1_101, 1_104], 1_200).map(({ t_ms }) => t_ms),
    ).toEqual([0, 1_002, 1_104]);
  });

  it("cuts pauses, then plays faster", () => {
    const moments = pickMoments([10_000, 11_000], 11_000, { maxIdleMs: 2_000, speed: 2, holdMs: 50 });
    expect(moments.map(({ durationMs }) => durationMs)).toEqual([1_000, 500, 50]);
  });

  it("draws a part", () => {
    const moments = pickMoments([100, 1_000, 2_000, 3_000], 4_000, { fromMs: 500, toMs: 2_500, holdMs: 10 });
    expect(moments).toEqual([
      { t_ms: 500, durationMs: 500 },
      { t_ms: 1_000, durationMs: 1_000 },
      { t_ms: 2_000, durationMs: 500 },
    ]);
  });

  it("never draws more than so many a second, and always the last change", () => {
    const gaps = fc.array(fc.integer({ min: 0, max: 300 }), { maxLength: 60 });
    fc.assert(
      fc.property(gaps, fc.integer({ min: 1, max: 50 }), (steps, fps) => {
        let now = 0;
        const changes = steps.map((step) => {
          now += step + 1;
          return now;
        });
        const moments = pickMoments(changes, now, { fps });
        expect(moments.at(-1)?.t_ms).toBe(now);
        for (const { durationMs } of moments) expect(durationMs).toBeGreaterThanOrEqual(1_000 / fps - 1e-6);
      }),
    );
  });

  it("refuses rates and speeds that are not positive", () => {
    for (const options of [{ fps: 0 }, { speed: 0 }, { maxIdleMs: 0 }, { speed: Number.NaN }])
      expect(() => pickMoments([1], 2, options)).toThrow(TypeError);
  });
});
