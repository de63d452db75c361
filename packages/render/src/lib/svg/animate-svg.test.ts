import { describe, expect, it } from "vitest";
import { screenOf } from "../../../test/screen.js";
import { elementsOf, parseXml, textOf } from "../../../test/xml.js";
import { animateSvg } from "./animate-svg.js";

const show = (rows: string[], durationMs: number) => ({ screen: screenOf(rows, { cols: 10 }), durationMs });

/** What is seen at each step of the animation: the rows of the picture that the strip is moved to. */
function stepsOf(svg: string): [percent: string, rows: string[]][] {
  const document = parseXml(svg);
  const byId = new Map(
    ["g", "text"].flatMap((name) =>
      elementsOf(document, name).map((element) => [element.getAttribute("id"), element]),
    ),
  );
  const rowsOf = (element: ReturnType<typeof elementsOf>[number]): string[] =>
    Array.from(element.childNodes).flatMap((node) => {
      const child = node as typeof element;
      const used =
        child.nodeName === "use" ? byId.get((child.getAttribute("href") ?? "").slice(1)) : undefined;
      if (used) return used.nodeName === "text" ? [textOf(used)] : rowsOf(used);
      return child.nodeName === "text" ? [textOf(child)] : child.childNodes ? rowsOf(child) : [];
    });
  const strip = elementsOf(document, "g").find((element) => element.getAttribute("class") === "P");
  const pictures = new Map(
    Array.from(strip?.childNodes ?? []).map((node) => {
      const picture = node as NonNullable<typeof strip>;
      const [, x = "0"] = /translate\((\d+)\)/.exec(picture.getAttribute("transform") ?? "") ?? [];
      return [Number(x), rowsOf(picture)];
    }),
  );
  return [...svg.matchAll(/([\d.]+%)\{translate:(?:-(\d+)px|0)\}/g)].map(([, percent = "", x = "0"]) => [
    percent,
    pictures.get(Number(x)) ?? [],
  ]);
}

describe("animateSvg", () => {
  it("shows each screen at its time", async () => {
    const svg = await animateSvg([
      show(["one", "same"], 1_000),
      show(["two", "same"], 500),
      show(["three", "same"], 500),
    ]);
    expect(svg).toContain("animation:P 2s step-end infinite");
    expect(stepsOf(svg)).toEqual([
      ["0%", ["one", "same"]],
      ["50%", ["two", "same"]],
      ["75%", ["three", "same"]],
    ]);
  });

  it("draws a row once, wherever and whenever it is seen", async () => {
    const rows = Array.from({ length: 12 }, (_, index) => `row ${index}`);
    const frames = rows.map((_, index) => show([...rows.slice(index), ...rows.slice(0, index)], 100));
    const svg = await animateSvg(frames);
    for (const row of rows) expect(svg.match(new RegExp(`>${row}<`, "g"))).toHaveLength(1);
    expect(stepsOf(svg).map(([, shown]) => shown)).toEqual(frames.map(({ screen }) => screen.text));
  });

  it("goes back to a screen that was shown, and joins equal neighbours", async () => {
    const svg = await animateSvg([show(["a"], 100), show(["b"], 100), show(["b"], 100), show(["a"], 100)]);
    expect(stepsOf(svg).map(([percent, [row]]) => [percent, row])).toEqual([
      ["0%", "a"],
      ["25%", "b"],
      ["75%", "a"],
    ]);
    expect(svg.match(/>a</g)).toHaveLength(1);
  });

  it("shows the last screen with text where nothing moves", async () => {
    const svg = await animateSvg([show(["a"], 100), show(["b"], 100), show([""], 100)]);
    expect(svg).toContain('<g class="P"><g transform="translate(24)">');
    expect(stepsOf(svg)[1]?.[1]).toEqual(["b"]);
    expect(svg).toMatch(/50%|33\.3333%\{translate:0\}/);
    expect(svg).toContain("@media(prefers-reduced-motion:reduce){.P{animation:none}}");
  });

  it("plays as often as asked, and not at all with one screen", async () => {
    const screens = [show(["a"], 100), show(["b"], 100)];
    expect(await animateSvg(screens, { loop: 2 })).toContain("animation:P .2s step-end 2}");
    expect(await animateSvg([show(["a"], 100)])).not.toContain("animation:");
  });

  it("is as large as the largest screen", async () => {
    const small = { screen: screenOf(["a"]), durationMs: 100 };
    const svg = await animateSvg([small, { screen: screenOf(["", "", "abc"]), durationMs: 100 }], {
      padding: 0,
    });
    expect(svg).toContain('viewBox="0 0 3 6"');
  });

  it("needs a screen", async () => {
    await expect(animateSvg([])).rejects.toThrow(TypeError);
  });
});
