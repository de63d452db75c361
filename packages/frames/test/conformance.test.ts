import { describe, expect, it } from "vitest";
import { createXtermEmulator, deriveFrames } from "../src/index.js";
import { conformanceCases } from "../src/suite.js";
import { collect } from "./collect.js";
import { bytes } from "./feed.js";
import { createLinePrinter } from "./line-printer.js";

const ALL = ["screen", "addressing", "cells", "unicode", "modes", "replies", "guards"] as const;

describe("conformanceCases of createXtermEmulator", () => {
  for (const { feature, name, run } of conformanceCases(createXtermEmulator, ALL))
    it(`${feature}: ${name}`, run);
});

describe("conformanceCases of a line printer", () => {
  for (const { feature, name, run } of conformanceCases(createLinePrinter, ["screen"]))
    it(`${feature}: ${name}`, run);

  it("fail for an unsupported wait", async () => {
    const others = ALL.filter((feature) => feature !== "screen" && feature !== "guards");
    for (const feature of others) {
      const results = conformanceCases(createLinePrinter, [feature]).map(({ run }) =>
        run().then(
          () => "passed",
          () => "failed",
        ),
      );
      expect(await Promise.all(results)).toContain("failed");
    }
  });
});

describe("deriveFrames", () => {
  it("takes any emulator", async () => {
    const events = [
      { kind: "output", seq: 1, t_ms: 0, bytes: bytes("a\r\nb") } as const,
      { kind: "final", seq: 2, t_ms: 1 } as const,
    ];
    const frames = await collect(
      deriveFrames({ size: { rows: 2, cols: 5 }, events, createEmulator: createLinePrinter }),
    );
    expect(frames.map(({ frame }) => frame.text)).toEqual([["a", "b"]]);
  });
});
