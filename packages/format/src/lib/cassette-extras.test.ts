import { describe, expect, it } from "vitest";
import { cassetteExtras } from "./cassette-extras.js";
import type { FreeMap } from "./json.js";

describe("cassetteExtras", () => {
  const without: (FreeMap | undefined)[] = [
    undefined,
    {},
    { cassette: null },
    { cassette: "text" },
    { cassette: [1] },
  ];
  it.each(without)("is empty for %j", (optional) => {
    expect(cassetteExtras({ optional })).toEqual({});
  });

  it("is what the manifest has", () => {
    expect(cassetteExtras({ optional: { cassette: { title: "a" } } })).toEqual({ title: "a" });
  });
});
