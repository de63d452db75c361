import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { arbitraryCuts, arbitraryOutput, split } from "../../../test/arbitrary-output.js";
import { bytes } from "../../../test/feed.js";
import { RECORDINGS } from "../../../test/recordings.js";
import { createXtermEmulator } from "../emulator/xterm-emulator.js";
import { createQueryScanner } from "./query-scanner.js";

const SIZE = { rows: 6, cols: 14 };
const scan = (text: string) => createQueryScanner().scan(bytes(text));

/** Queries, whole and broken off, mangled and spelt in other ways. */
const query = fc
  .constantFrom(
    ..."\x1b[c|\x1b[>c|\x1b[=c|\x1b[5n|\x1b[?6n|\x1b[?7$p|\x1b[18t|\x1b[?u|\x1b[>q|\u009bc|\x1b[\n0c".split(
      "|",
    ),
    ..."\x1b]4;1;?\x1b^é|\x1b]11;?\x07|\x1b]4;1;?\x1b\\|\x1bP$qm\x1b\\|\x1bP+q544e\x1b\\|\x1b]10;?\u009c|\x1b]11;?\x1b[m".split(
      "|",
    ),
  )
  .map(bytes);
const broken = fc
  .tuple(query, fc.nat(20), fc.constantFrom([0xff], [0xe2], [0xc2], [0xe9, 0x80], [0x18], [0x1b]))
  .map(([whole, at, wedge]) => Uint8Array.from([...whole.slice(0, at), ...wedge, ...whole.slice(at)]));
const asking = fc
  .array(fc.oneof(query, broken, arbitraryOutput), { minLength: 1, maxLength: 6 })
  .map((parts) => Uint8Array.from(parts.flatMap((part) => [...part])));

/** Whether the emulator answers a piece that the scanner passes over. */
async function misses(pieces: Uint8Array[]): Promise<boolean> {
  const emulator = createXtermEmulator(SIZE);
  const scanner = createQueryScanner();
  let missed = false;
  for (const piece of pieces) {
    const asks = scanner.scan(piece);
    await emulator.feed(piece);
    if (emulator.takeReplies().length > 0 && !asks) missed = true;
  }
  emulator.close();
  return missed;
}

describe("createQueryScanner", () => {
  it("misses no query, however it is split", async () => {
    await fc.assert(
      fc.asyncProperty(asking, arbitraryCuts, async (output, cuts) => {
        expect(await misses(split(output, cuts))).toBe(false);
      }),
      { numRuns: process.env.CASSETTE_SOAK ? 50_000 : 700 },
    );
  });

  it("misses nothing that real programs ask", async () => {
    for (const { output } of RECORDINGS) expect(await misses(split(output, [0.3, 0.301, 0.7]))).toBe(false);
  });

  it.each([
    ["text", "hello\r\n\tücå — 漢字"],
    ["colours and movement", "\x1b[1;31mred\x1b[m\x1b[2J\x1b[10;5H\x1b[?25l\x1b[?2004h\x1b[K"],
    ["titles", "\x1b]2;building\x07\x1b]8;;\x1b\\"],
    ["the beginning of a query", "\x1b[?6\x1b]11;?"],
  ])("passes over %s", (_what, text) => {
    expect(scan(text)).toBe(false);
  });

  it.each([
    ["ENQ", "a\x05b"],
    ["a device's attributes", "text\x1b[0cmore"],
    ["the cursor's position", "\x1b[6n"],
    ["a colour", "\x1b]11;?\x1b\\"],
    ["a setting", "\x1bP$qm\x1b\\"],
    ["C1 controls", "\u009bc"],
    ["what a character breaks off", "\x1b]4;1;?\x1b^é"],
    ["two at once, one inside the other", "\x1b]11;?\x1b[c"],
  ])("notices %s", (_what, text) => {
    expect(scan(text)).toBe(true);
  });

  it("notices a query in the read that ends it", () => {
    const scanner = createQueryScanner();
    expect(["\x1b]1", "1;?", "\x1b", "\\"].map((part) => scanner.scan(bytes(part)))).toEqual([
      false,
      false,
      false,
      true,
    ]);
  });
});
