import { describe, expect, it } from "vitest";
import type { FreeMap } from "./json.js";
import { ownFacts } from "./own-facts.js";

describe("ownFacts", () => {
  const without: (FreeMap | undefined)[] = [
    undefined,
    {},
    { cassette: null },
    { cassette: "text" },
    { cassette: [1] },
  ];
  it.each(without)("is empty for %j", (optional) => {
    expect(ownFacts({ optional })).toEqual({});
  });

  it("is what the manifest has", () => {
    expect(ownFacts({ optional: { cassette: { title: "a" } } })).toEqual({ title: "a" });
  });
});
