import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createModeTracker } from "./mode-tracker.js";

function track(...pieces: (string | Uint8Array)[]) {
  const tracker = createModeTracker();
  for (const piece of pieces) tracker.read(typeof piece === "string" ? Buffer.from(piece, "latin1") : piece);
  return { cursor: tracker.applicationCursor, paste: tracker.bracketedPaste };
}

describe("createModeTracker", () => {
  it.each([
    ["\x1b[?1h", { cursor: true, paste: false }],
    ["\x1b[?1h\x1b[?1l", { cursor: false, paste: false }],
    ["text\x1b[?2004htext", { cursor: false, paste: true }],
    ["\x1b[?25;1;2004h", { cursor: true, paste: true }],
    ["\x1b[?1;2004h\x1bc", { cursor: false, paste: false }],
    ["\x1b[?1;2004h\x1b[!p", { cursor: false, paste: true }],
    ["\x1bc\x1b[?1h", { cursor: true, paste: false }],
    ["\x1b[?10h\x1b[?12004h\x1b[1h\x1b[?1$p", { cursor: false, paste: false }],
    ["\x1b\x1b[?1h", { cursor: true, paste: false }],
  ])("reads %j", (output, modes) => {
    expect(track(output)).toEqual(modes);
  });

  it("reads the same wherever the output is cut", () => {
    const part = fc.constantFrom("\x1b[?1h", "\x1b[?1l", "\x1b[?2004h", "\x1b[?2004l", "\x1bc", "\x1b[!p");
    const noise = fc.constantFrom("plain", "\x1b[31m", "\x1b", "\x1b[", "\x1b[?", "what?", "[?1h", "!");
    const output = fc.array(fc.oneof(part, noise), { maxLength: 20 }).map((parts) => parts.join(""));
    fc.assert(
      fc.property(output, fc.array(fc.nat(120), { maxLength: 8 }), (text, cuts) => {
        const edges = [
          0,
          ...cuts.map((cut) => Math.min(cut, text.length)).sort((a, b) => a - b),
          text.length,
        ];
        const pieces = edges.slice(1).map((edge, index) => text.slice(edges[index], edge));
        expect(track(...pieces)).toEqual(track(text));
        expect(track(...text)).toEqual(track(text));
      }),
    );
  });

  it("keeps no more than a sequence of what does not end", () => {
    expect(track(`\x1b[?${"1;".repeat(100_000)}`, "1h")).toEqual({ cursor: false, paste: false });
  });
});
