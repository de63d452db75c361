import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createKeyReader } from "./keys.js";

const read = (...pieces: string[]) => {
  const reader = createKeyReader();
  return [...pieces.flatMap((piece) => reader.read(Buffer.from(piece))), ...reader.flush()];
};

describe("createKeyReader", () => {
  it.each([
    [" ", ["space"]],
    ["q?/", ["q", "?", "/"]],
    ["\x1b[C\x1b[D", ["right", "left"]],
    ["\x1bOC", ["right"]],
    ["\x1b[1;2C\x1b[1;2D", ["shift+right", "shift+left"]],
    ["\x1b", ["escape"]],
    ["\x1bx", ["escape", "x"]],
    ["\r\x7f\x03\x1a", ["enter", "backspace", "ctrl+c", "ctrl+z"]],
    ["é世", ["é", "世"]],
    ["\x01\x02", []],
  ])("names %j", (bytes, keys) => {
    expect(read(bytes)).toEqual(keys);
  });

  it.each([
    "\x1b[?62;22c",
    "\x1b[24;80R",
    "\x1b]11;rgb:0000/0000/0000\x1b\\",
    "\x1bP1$r0m\x1b\\",
    "\x1b[<0;3;4M",
  ])("takes no reply of the terminal for keys: %j", (reply) => {
    expect(read(reply, "n")).toEqual(["n"]);
  });

  it("reads the same however the bytes are cut", () => {
    const text = "a\x1b[1;2C é\x1b[D\x1b]0;t\x07q";
    const bytes = Buffer.from(text);
    fc.assert(
      fc.property(fc.array(fc.nat(bytes.length)), (cuts) => {
        const reader = createKeyReader();
        const edges = [0, ...cuts.toSorted((a, b) => a - b), bytes.length];
        const keys = edges.slice(1).flatMap((end, index) => reader.read(bytes.subarray(edges[index], end)));
        expect(keys).toEqual(["a", "shift+right", "space", "é", "left", "q"]);
      }),
    );
  });
});
