import { CELL_MODE } from "@cassette/format";
import { describe, expect, it } from "vitest";
import { screenOf, withDetails } from "../../../test/screen.js";
import { elementsOf, parseXml, textOf } from "../../../test/xml.js";
import { renderSvg } from "./render-svg.js";

describe("renderSvg", () => {
  it("keeps text as text, with its spaces, a row each", () => {
    const rows = ["$ ls  -la", "  <tag attr=\"1\"> & 'more'", "漢字 e\u0301 👍 ok", ""];
    const document = parseXml(renderSvg(screenOf(rows)));
    expect(elementsOf(document, "text").map(textOf)).toEqual(rows.slice(0, 3));
  });

  it("has a position for each column, once", () => {
    const svg = renderSvg(screenOf(["abcd"]));
    expect(svg).toContain('<!ATTLIST text x CDATA "0 1 2 3">');
    expect(svg).toContain('<text y="1.53">abcd</text>');
  });

  it("has the positions of rows with wide characters in the row", () => {
    expect(renderSvg(screenOf(["a漢b"]))).toContain('<tspan x="0 1 3">a漢b</tspan>');
    expect(renderSvg(screenOf(["👍b"]))).toContain(
      '<tspan x="0" textLength="2" lengthAdjust="spacingAndGlyphs">👍</tspan><tspan x="2">b</tspan>',
    );
  });

  it("has all positions in the rows, and no document type, inside a page", () => {
    const svg = renderSvg(screenOf(["ab  c"]), { prefix: "q" });
    expect(svg).not.toContain("<!DOCTYPE");
    expect(svg).toContain('<tspan x="0 1 2 3 4">ab  c</tspan>');
    expect(svg.match(/[{}][^{}@]*\{/g)?.every((rule) => rule.includes(".q "))).toBe(true);
  });

  it("draws boxes as joined shapes, not as text", () => {
    const svg = renderSvg(screenOf(["┌──┐", "│ab│"]));
    expect(elementsOf(parseXml(svg), "text").map(textOf)).toEqual([" ab"]);
    // The top line is one rectangle from corner to corner.
    expect(svg).toContain("M.444 1h3.111v.111h-3.111z");
  });

  it("merges equal backgrounds over rows", () => {
    const blue = { BG: 4 };
    const svg = renderSvg(screenOf([[["ab", blue]], [["cd", blue]]]));
    expect(svg.match(/M0 0h2v4h-2z/g)).toHaveLength(1);
  });

  it("has weights, slants, lines and faint colours", () => {
    const style = (Mode: number) => renderSvg(screenOf([[["ab", { Mode, FG: 1 }]]]), { theme: "xterm" });
    expect(style(CELL_MODE.bold)).toContain('class="a B">ab');
    expect(style(CELL_MODE.italic)).toContain('class="a I">ab');
    expect(style(CELL_MODE.strike)).toContain('<path class="a S" d="M0 1h2');
    expect(style(CELL_MODE.underline)).toContain('<path class="a S" d="M0 1.778h2');
    expect(style(CELL_MODE.dim)).toContain(".a{fill:#7b0000}");
  });

  it("draws kinds and colours of underlines", () => {
    const kinds = ["single", "double", "curly", "dotted", "dashed"] as const;
    const underlines = kinds.map((kind, col) => ({
      ...{ row: 0, start: col, end: col + 1, kind },
      color: { rgb: 0x010203 },
    }));
    const svg = renderSvg(withDetails(screenOf(["abcde"]), { underlines }));
    expect(svg).toContain("{fill:#010203}");
    const [path] = elementsOf(parseXml(svg), "path");
    const drawn = path?.getAttribute("d") ?? "";
    // Of the first two the lower lines are one rectangle; then an upper line, four dots, two dashes; and a wave.
    expect([drawn.split("h").length - 1, drawn.split("Q").length - 1]).toEqual([2 * (1 + 1 + 4 + 2), 3]);
  });

  it("has links with escaped addresses", () => {
    const links = [{ row: 0, start: 0, end: 2, uri: "https://a.example/?a=1&b=<2>" }];
    expect(renderSvg(withDetails(screenOf(["ab"]), { links }))).toContain(
      '<a href="https://a.example/?a=1&amp;b=&lt;2&gt;">ab</a>',
    );
  });

  it("follows the reader's colour scheme with two themes", () => {
    const svg = renderSvg(screenOf([[["a", { FG: 1 }]]]), { theme: "auto" });
    expect(svg).toMatch(/@media\(prefers-color-scheme:dark\)\{\.F\{fill:#[0-9a-f]+\}\.a\{/);
  });

  it("has a window with its title, shortened where it has no room", () => {
    const options = { window: true, title: `a title ${"x".repeat(80)}` };
    const [bar] = elementsOf(parseXml(renderSvg(screenOf(["x".repeat(40)]), options)), "text").map(textOf);
    expect(bar).toMatch(/^a title x{17}…$/);
    expect(elementsOf(parseXml(renderSvg(screenOf(["x"]), options)), "circle")).toHaveLength(3);
  });

  it("has a line around it and round corners, but not without padding", () => {
    expect(renderSvg(screenOf(["a"]))).toMatch(/rx="\.7".*stroke="#808080"/);
    expect(renderSvg(screenOf(["a"]), { padding: 0 })).not.toMatch(/rx=|stroke/);
  });

  it("is the same each time", () => {
    const screen = screenOf([[["ab", { FG: 1, BG: 200 }], "漢"], "┌─┐"]);
    expect(renderSvg(screen)).toBe(renderSvg(screen));
  });

  it("refuses options out of range", () => {
    const screen = screenOf(["a"]);
    for (const options of [{ fontSize: 0 }, { fontSize: Number.NaN }, { padding: -1 }, { prefix: 'a"' }])
      expect(() => renderSvg(screen, options)).toThrow(TypeError);
  });
});
