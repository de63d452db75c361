import type { CellProvenance, Emulator, StreamEvent } from "@cassette/format";
import { describe, expect, it } from "vitest";
import { createDefaultScrubber } from "../create-default-scrubber.js";
import { createLookBudget } from "./look-budget.js";

/** Screens of a size, which count how often they are looked at. */
function countingScreens(rows: number, cols: number) {
  const text = Array.from({ length: rows }, () => "");
  const counts = { looks: 0 };
  const screens = {
    feed: async () => {},
    takeReplies: () => [],
    resize: () => {},
    snapshot() {
      counts.looks++;
      return { text, title: "", size: { Rows: rows, Cols: cols } };
    },
  } as unknown as Emulator;
  const provenance: CellProvenance = {
    feed: async () => {},
    resize: () => {},
    offsets() {
      counts.looks++;
      return text.map(() => Array.from({ length: cols }, () => null));
    },
    close: () => {},
  };
  return { counts, screens, provenance };
}

/** Draws a short row and goes up, again and again, as a program that redraws does. */
const redrawing = (times: number) =>
  Buffer.from("\x1b[3;1Hthirty characters in one row..\x1b[A".repeat(times));

const scrubber = createDefaultScrubber({ ruleSet: "default" });

describe("scrubStream, on large screens that change in few bytes", () => {
  it.each(["screens", "provenance"] as const)("bounds what looks at %s go over", async (kind) => {
    const { counts, ...views } = countingScreens(500, 500);
    const bytes = redrawing(kind === "screens" ? 3_000 : 600);
    const { report } = await scrubber.scrubStream([{ bytes }], { [kind]: views[kind] });
    const weight = kind === "screens" ? 1 : 4;
    const most = (2 ** 24 + 384 * bytes.length) / (250_000 * weight);
    expect(counts.looks).toBeGreaterThan(1);
    expect(counts.looks).toBeLessThanOrEqual(most + 2);
    expect(report.skipped).toMatchObject({ screens: expect.stringContaining("not scanned") });
  });

  it("bounds looks before resizes", async () => {
    const { counts, screens } = countingScreens(500, 500);
    const resizes: StreamEvent[] = Array.from({ length: 1_000 }, () => ({
      resize: { rows: 500, cols: 500 },
    }));
    await scrubber.scrubStream(resizes, { screens });
    expect(counts.looks).toBeLessThan(80);
  });

  it("looks whenever it is asked to", async () => {
    const { counts, screens } = countingScreens(500, 500);
    await scrubber.scrubStream(
      Array.from({ length: 200 }, () => ({ look: true as const })),
      { screens },
    );
    expect(counts.looks).toBe(201);
  });

  it("refuses nothing at ordinary sizes", async () => {
    const { counts, screens } = countingScreens(24, 80);
    const { report } = await scrubber.scrubStream([{ bytes: redrawing(20_000) }], { screens });
    expect(counts.looks).toBeGreaterThan(20_000);
    expect(report.skipped).toBeUndefined();
  });
});

describe("createLookBudget", () => {
  it("allows more as the stream gets longer", () => {
    const budget = createLookBudget(1);
    expect(budget.allows(0)).toBe(true);
    budget.spend(2 ** 24);
    expect([budget.allows(0), budget.isExceeded]).toEqual([false, true]);
    expect(budget.allows(50_000)).toBe(true);
  });
});
