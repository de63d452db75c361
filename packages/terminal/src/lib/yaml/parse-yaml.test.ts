import { describe, expect, it } from "vitest";
import { parseYaml } from "./parse-yaml.js";

describe("parseYaml", () => {
  it.each(["- a\n- b\n", "\ufeff- a\n- b\n", '\ufeff["a", "b"]'])("reads %j", (text) => {
    const { document, errors } = parseYaml(text);
    expect(errors).toEqual([]);
    expect(document.toJS()).toEqual(["a", "b"]);
  });

  it("returns the line of a node, and the first line for any other value", () => {
    const { document, lineOf } = parseYaml("a: 1\nb:\n  c: 2\n");
    expect(lineOf(document.getIn(["b", "c"], true))).toBe(3);
    expect(lineOf(null)).toBe(1);
  });

  it("says where it is neither YAML nor JSON", () => {
    expect(parseYaml("a: 1\nb: [\n").errors[0]).toMatchObject({ line: 3, column: 1 });
  });
});
