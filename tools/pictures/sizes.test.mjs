import { animateSvg, renderSvg } from "@cassette/render";
import { describe, expect, it } from "vitest";
import { lastScreen, RECORDINGS, timedScreens } from "./screens.mjs";

const KIB = 1_024;

describe("the size of an SVG", () => {
  it.each(RECORDINGS)(
    "%s: a screen has at most three bytes for each cell and a few for its head",
    async (name) => {
      const screen = await lastScreen(name);
      const svg = renderSvg(screen);
      expect(svg.length).toBeLessThan(2 * KIB + 3 * screen.size.Rows * screen.size.Cols);
    },
  );

  it("does not grow with screens that come again", async () => {
    for (const name of ["top", "htop", "spinner", "progress-bar"]) {
      const screens = [];
      for await (const timed of timedScreens(name)) screens.push(timed);
      const often = Array.from({ length: 30 }, () => screens).flat();
      const once = (await animateSvg(screens)).length;
      // What was drawn once costs only a place in time.
      expect((await animateSvg(often)).length - once).toBeLessThan(40 * often.length);
    }
  });
});
