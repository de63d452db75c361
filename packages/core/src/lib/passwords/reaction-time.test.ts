import { describe, expect, it } from "vitest";
import { createReactionTime } from "./reaction-time.js";

describe("createReactionTime", () => {
  it("takes a screen to be at rest after 50 ms, and after longer where the program is slow", () => {
    const reaction = createReactionTime();
    expect(reaction.restMs()).toBe(50);
    for (const [typed, printed] of [
      [0, 10],
      [100, 220],
      [300, 310],
    ] as const) {
      reaction.typed(typed);
      reaction.typed(typed + 1);
      reaction.printed(printed);
      reaction.printed(printed + 900);
    }
    expect(reaction.restMs()).toBe(240);
  });

  it("forgets a reaction after eight others, and never waits for more than half a second", () => {
    const reaction = createReactionTime();
    for (let at = 0; at < 9; at++) {
      reaction.typed(at * 10_000);
      reaction.printed(at * 10_000 + (at === 0 ? 5_000 : 1));
      if (at === 0) expect(reaction.restMs()).toBe(500);
    }
    expect(reaction.restMs()).toBe(50);
  });
});
