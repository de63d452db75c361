import { describe, expect, it } from "vitest";
import { createMoments } from "./moments.js";

const PIECE = new Uint8Array(100).fill(0x78);

describe("createMoments", () => {
  it("looks before an erasure, however little was drawn since the last look", () => {
    const moments = createMoments();
    moments.add("rises", 30);
    moments.add("erases", 37);
    expect(moments.take(PIECE, 0, true, 0)).toEqual([30, 37]);
    moments.add("erases", 103);
    expect(moments.take(PIECE, 100, true, 100)).toEqual([103]);
  });

  it("waits after an erasure, so that no screen is looked at for each short line", () => {
    const moments = createMoments();
    for (const at of [20, 25, 31, 33, 34]) moments.add("erases", at);
    expect(moments.take(PIECE, 0, true, 0)).toEqual([20, 33]);
  });

  it("looks at nothing twice", () => {
    const moments = createMoments();
    moments.add("erases", 50);
    expect(moments.take(PIECE, 50, true, 50)).toEqual([]);
  });
});
