import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { encodeKey } from "./keys.js";

function sent(name: string, applicationCursor = false): string {
  return Buffer.from(encodeKey(name, { applicationCursor }).bytes).toString();
}

describe("encodeKey", () => {
  it.each([
    ["enter", "\r"],
    ["tab", "\t"],
    ["shift-tab", "\x1b[Z"],
    ["escape", "\x1b"],
    ["backspace", "\x7f"],
    ["ctrl-backspace", "\x08"],
    ["space", " "],
    ["ctrl-space", "\0"],
    ["up", "\x1b[A"],
    ["down", "\x1b[B"],
    ["right", "\x1b[C"],
    ["left", "\x1b[D"],
    ["home", "\x1b[H"],
    ["end", "\x1b[F"],
    ["page-up", "\x1b[5~"],
    ["page-down", "\x1b[6~"],
    ["insert", "\x1b[2~"],
    ["delete", "\x1b[3~"],
    ["f1", "\x1bOP"],
    ["f4", "\x1bOS"],
    ["f5", "\x1b[15~"],
    ["f10", "\x1b[21~"],
    ["f11", "\x1b[23~"],
    ["f12", "\x1b[24~"],
    ["ctrl-c", "\x03"],
    ["ctrl-[", "\x1b"],
    ["ctrl-\\", "\x1c"],
    ["ctrl-_", "\x1f"],
    ["alt-x", "\x1bx"],
    ["alt-enter", "\x1b\r"],
    ["ctrl-alt-c", "\x1b\x03"],
    ["shift-up", "\x1b[1;2A"],
    ["alt-left", "\x1b[1;3D"],
    ["ctrl-right", "\x1b[1;5C"],
    ["ctrl-alt-shift-home", "\x1b[1;8H"],
    ["ctrl-delete", "\x1b[3;5~"],
    ["shift-f1", "\x1b[1;2P"],
    ["ctrl-f5", "\x1b[15;5~"],
    ["a", "a"],
    ["A", "A"],
    ["-", "-"],
    ["+", "+"],
    ["ü", "ü"],
    ["€", "€"],
  ])("sends %s as xterm does, under its own name", (name, bytes) => {
    expect(sent(name)).toBe(bytes);
    expect(encodeKey(name).key).toBe(name);
  });

  it.each([
    ["Enter", "enter"],
    ["RETURN", "enter"],
    ["Esc", "escape"],
    ["Ctrl+C", "ctrl-c"],
    ["C-c", "ctrl-c"],
    ["^c", "ctrl-c"],
    ["^C", "ctrl-c"],
    ["control-c", "ctrl-c"],
    ["C-M-x", "ctrl-alt-x"],
    ["M-x", "alt-x"],
    ["Alt+Ctrl+x", "ctrl-alt-x"],
    ["Shift+Tab", "shift-tab"],
    ["S-Tab", "shift-tab"],
    ["Shift+a", "A"],
    ["PageUp", "page-up"],
    ["PgDn", "page-down"],
    ["page_down", "page-down"],
    ["Del", "delete"],
    ["ArrowLeft", "left"],
    ["F5", "f5"],
    [" ", "space"],
    ["Ctrl++", "ctrl-+"],
    ["^[", "ctrl-["],
    ["^^", "ctrl-^"],
    ["^", "^"],
  ])("takes %s for %s", (spelling, name) => {
    if (name === "ctrl-+") expect(() => encodeKey(spelling)).toThrow(/no such key/);
    else expect(encodeKey(spelling)).toEqual({ ...encodeKey(name), key: name });
  });

  it("honours application cursor keys for unmodified arrows, Home and End", () => {
    expect(["up", "down", "right", "left", "home", "end"].map((name) => sent(name, true))).toEqual([
      "\x1bOA",
      "\x1bOB",
      "\x1bOC",
      "\x1bOD",
      "\x1bOH",
      "\x1bOF",
    ]);
    expect(sent("ctrl-up", true)).toBe("\x1b[1;5A");
    expect(sent("page-up", true)).toBe("\x1b[5~");
  });

  it.each(["", "hyper-x", "f13", "f0", "ctrl-ü", "shift-1", "ctrl-", "entr", "\x07", "\ud800", "toString"])(
    "refuses %j",
    (name) => {
      expect(() => encodeKey(name)).toThrow(expect.objectContaining({ code: "CASSETTE_KEY_UNKNOWN" }));
    },
  );

  it("sends no bytes for a refused key and some for any other, under stable names", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 12 }), (name) => {
        let encoded: ReturnType<typeof encodeKey>;
        try {
          encoded = encodeKey(name);
        } catch {
          return;
        }
        expect(encoded.bytes.length).toBeGreaterThan(0);
        expect(encodeKey(encoded.key)).toEqual(encoded);
      }),
    );
  });
});
