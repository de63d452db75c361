import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";

const packages = join(dirname(dirname(import.meta.dirname)), "packages");

// As after `npm install --omit=optional`.
describe("@cassette/render without its optional libraries", () => {
  it("draws SVG, and says which library PNG and GIF lack", () => {
    const project = mkdtempSync(join(tmpdir(), "cassette-render-"));
    onTestFinished(() => rmSync(project, { recursive: true }));
    const scope = join(project, "node_modules/@cassette");
    mkdirSync(join(scope, "render"), { recursive: true });
    for (const part of ["dist", "package.json"])
      cpSync(join(packages, "render", part), join(scope, "render", part), { recursive: true });
    symlinkSync(join(packages, "format"), join(scope, "format"));
    writeFileSync(
      join(project, "draw.mjs"),
      `import { renderGif, renderPng, renderSvg } from "@cassette/render";
const cell = { Char: 0x61, Mode: 0, FG: 16777216, BG: 16777217 };
const screen = { size: { Rows: 1, Cols: 1 }, text: ["a"], cells: [[cell]], cursor: {}, title: "", alternate: false };
console.log(renderSvg(screen).includes(">a</text>"));
await renderPng(screen).catch(({ code, message }) => console.log(code, message));
await renderGif([{ screen, durationMs: 1 }]).next().catch(({ code, message }) => console.log(code, message));
`,
    );
    const lines = execFileSync(process.execPath, ["draw.mjs"], { cwd: project, encoding: "utf8" })
      .trim()
      .split("\n");
    expect(lines).toEqual([
      "true",
      expect.stringMatching(
        /^CASSETTE_DRAWING_LIBRARY_MISSING (@resvg\/resvg-js|dejavu-fonts-ttf|fflate) is not installed/,
      ),
      expect.stringMatching(/^CASSETTE_DRAWING_LIBRARY_MISSING gifenc is not installed/),
    ]);
  });
});
