import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";

const DIST = join(import.meta.dirname, "../dist");

/** Every module that loading an entry loads, and every package and builtin it names. */
function reach(entry: string): { text: string; packages: Set<string> } {
  const seen = new Map<string, string>();
  const packages = new Set<string>();
  const visit = (file: string) => {
    if (seen.has(file)) return;
    const text = readFileSync(file, "utf8");
    seen.set(file, text);
    for (const [, specifier = ""] of text.matchAll(/^(?:import|export|\} from)\b[^"\n]*"([^"]+)"/gm)) {
      if (specifier.startsWith(".")) visit(join(dirname(file), specifier));
      else packages.add(specifier);
    }
  };
  visit(join(DIST, entry));
  return { text: [...seen.values()].join("\n"), packages };
}

describe.skipIf(!existsSync(DIST))("@cassette/core/reader", () => {
  it("does not load the recorder", () => {
    const { text } = reach("reader.js");
    expect(text).toContain("CASSETTE_ARTIFACT_MISSING");
    for (const ofTheWriter of ["spool.json", "CASSETTE_FINAL_MISSING", "O_CREAT", "rename"]) {
      expect(text).not.toContain(ofTheWriter);
    }
    expect(reach("index.js").text).toContain("spool.json");
  });

  it("needs nothing native and no sibling", () => {
    for (const entry of ["reader.js", "index.js"]) {
      const outside = [...reach(entry).packages].filter(
        (name) => !/^(node:)?(fs|path|crypto|os|util|fs\/promises|timers\/promises)$/.test(name),
      );
      expect(outside).toContain("@cassette/format/schema");
      expect(outside.filter((name) => !/^@cassette\/format(\/|$)/.test(name))).toEqual([]);
    }
    expect(readdirSync(DIST).some((file) => file.endsWith(".node"))).toBe(false);
  });
});
