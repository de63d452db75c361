import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { defaultFontFiles } from "./default-fonts.js";
import { readFont } from "./font-file.js";
import { openFonts } from "./font-set.js";

const [mono = "", bold = "", oblique = ""] = defaultFontFiles(true);

describe("readFont", () => {
  it("reads name, style, lengths and glyphs", async () => {
    const font = await readFont(mono);
    expect(font).toMatchObject({ family: "DejaVu Sans Mono", isBold: false, isItalic: false });
    expect(font.ascent).toBeCloseTo(0.928, 2);
    expect(font.descent).toBeCloseTo(0.236, 2);
    expect(font.advance(0x41)).toBeCloseTo(0.602, 3);
    expect([0x41, 0x2500, 0x6f22, 0x1f600].map(font.has)).toEqual([true, true, false, false]);
    expect(await readFont(bold)).toMatchObject({ isBold: true });
    expect(await readFont(oblique)).toMatchObject({ isItalic: true });
  });

  it("refuses what is no font, cut off or missing", async () => {
    const folder = mkdtempSync(join(tmpdir(), "cassette-font-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const invalid = expect.objectContaining({ code: "CASSETTE_FONT_INVALID" });
    await expect(readFont(join(folder, "missing.ttf"))).rejects.toThrow(invalid);
    for (const [index, bytes] of [
      Buffer.from(""),
      Buffer.from("not a font at all"),
      Buffer.from("00010000ffff", "hex"),
    ].entries()) {
      const path = join(folder, `${index}.ttf`);
      writeFileSync(path, bytes);
      await expect(readFont(path)).rejects.toThrow(invalid);
    }
  });
});

describe("openFonts", () => {
  it("chooses the style, then another family that has the text", async () => {
    const fonts = await openFonts([]);
    expect(fonts.choose("a", true, false)?.face.path).toBe(bold);
    expect(fonts.choose("a", false, true)?.face.path).toBe(oblique);
    expect(fonts.choose("😀", false, false)?.face.family).toBe("DejaVu Sans");
    expect(fonts.choose("漢", false, false)).toBeNull();
  });

  it("synthesises missing styles, and omits missing marks", async () => {
    const fonts = await openFonts([mono]);
    expect(fonts.choose("a", true, true)).toMatchObject({ thicken: false, slant: false });
    expect(fonts.choose("😀", false, true)).toMatchObject({ slant: true });
    expect(fonts.choose("a\u{1e2ef}", false, false)?.text).toBe("a");
  });
});
