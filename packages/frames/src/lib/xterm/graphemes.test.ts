import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { arbitraryCuts, split } from "../../../test/arbitrary-output.js";
import { bytes, feed } from "../../../test/feed.js";
import { createXtermEmulator } from "../emulator/xterm-emulator.js";
import { createProvenance } from "../provenance/create-provenance.js";
import { xtermIdentity } from "./identity.js";

const SIZE = { rows: 4, cols: 10 };
const GRAPHEMES = xtermIdentity("graphemes");
/** The flag of patterns that know of sets of sequences. */
const SETS = "v";
const FAMILY = "👩\u200d👩\u200d👧\u200d👦";
const HEART = "❤\ufe0f";

async function draw(...pieces: (string | Uint8Array)[]) {
  const emulator = createXtermEmulator(SIZE, GRAPHEMES);
  await feed(emulator, ...pieces);
  const { text, cursor, cells } = emulator.snapshot({ cells: true });
  emulator.close();
  return { text, at: [cursor.Row, cursor.Col], cells };
}

/** Every sequence of some parts that Unicode recommends as an emoji; Node's tables are the judge. */
function emojiOf(...parts: string[][]): string[] {
  const sequences = parts.reduce(
    (heads, tails) => heads.flatMap((head) => tails.map((tail) => head + tail)),
    [""],
  );
  const recommended = new RegExp("^\\p{RGI_Emoji}$", SETS);
  return sequences.filter((sequence) => recommended.test(sequence));
}

const range = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => String.fromCodePoint(from + index));
const TONES = ["", ...range(0x1f3fb, 0x1f3ff)];
const INDICATORS = range(0x1f1e6, 0x1f1ff);
const PEOPLE = ["👨", "👩", "🧑", "🏃", "🕵", "🏋", "👁"];
const THINGS = ["💻", "⚕\ufe0f", "♂\ufe0f", "♀\ufe0f", "✈\ufe0f", "🚀", "🦰", "🗨\ufe0f", "❤\ufe0f", "🤝"];
const ALL_EMOJI = {
  flags: emojiOf(INDICATORS, INDICATORS),
  "skin tones": emojiOf([...range(0x1f300, 0x1faff), ...range(0x261d, 0x270d)], TONES.slice(1)),
  "emoji styles": emojiOf(
    [...range(0x23, 0x39), ...range(0x2190, 0x3299), ...range(0x1f000, 0x1faff)],
    ["\ufe0f"],
  ),
  keycaps: emojiOf(range(0x23, 0x39), ["\ufe0f\u20e3"]),
  "joined emoji": emojiOf(PEOPLE, ["", "\ufe0f"], TONES, ["\u200d"], THINGS),
  families: emojiOf(
    PEOPLE,
    ["\u200d"],
    ["👩", "👨", "❤\ufe0f\u200d👨"],
    ["\u200d", ""],
    ["👧", "👦", "👧\u200d👦", ""],
  ),
  "flags of parts": emojiOf(["🏴"], ["gbeng", "gbsct", "gbwls"].map(tagged)),
};

function tagged(name: string): string {
  return String.fromCodePoint(...Array.from(name, (letter) => 0xe0000 + letter.charCodeAt(0)), 0xe007f);
}

describe("createGraphemes", () => {
  it.each(Object.entries(ALL_EMOJI))(
    "gives two columns to each of the %s that Unicode recommends",
    async (_what, emoji) => {
      expect(emoji.length).toBeGreaterThan(2);
      const emulator = createXtermEmulator({ rows: 1, cols: 10 }, GRAPHEMES);
      for (const sequence of emoji) {
        await feed(emulator, `\x1bc${sequence}x`);
        const { text, cells } = emulator.snapshot({ cells: true });
        expect([sequence, text[0], cells?.[0]?.[2]?.Char]).toEqual([sequence, `${sequence}x`, 0x78]);
      }
      emulator.close();
    },
  );

  it("joins across styles, and where the output was split", async () => {
    const whole = await draw(`a${FAMILY}x`);
    const styled = FAMILY.replaceAll("\u200d", "\x1b[31m\u200d\x1b[m");
    expect((await draw(`a${styled}x`)).text).toEqual(whole.text);
    expect(await draw(...split(bytes(`a${FAMILY}x`), []))).toEqual(whole);
    expect(whole.at).toEqual([0, 4]);
  });

  it("keeps characters apart that form no emoji", async () => {
    expect((await draw("漢\u200d字")).at).toEqual([0, 4]);
    expect((await draw("a🏻")).at).toEqual([0, 3]);
    expect((await draw("🇩🇪🇫")).at).toEqual([0, 3]);
    expect((await draw("👩👩")).at).toEqual([0, 4]);
    expect((await draw("a\ufe0fb")).at).toEqual([0, 2]);
  });

  it("takes a character that grows in the last column to the next row", async () => {
    expect(await draw(`123456789${HEART}`)).toMatchObject({ text: ["123456789", HEART, "", ""], at: [1, 2] });
    expect((await draw(`\x1b[?7l123456789${HEART}`)).text[0]).toBe(`123456789${HEART}`);
  });

  it("joins in the last columns if autowrap is off", async () => {
    expect((await draw("\x1b[?7l12345678👩\u200d💻")).text[0]).toBe("12345678👩\u200d💻");
  });

  it("lets no cell grow without end", async () => {
    const { text } = await draw("👩\u200d".repeat(10_000));
    expect(Math.max(...text.map((row) => row.length))).toBeLessThan(1_000);
  });

  it("draws on one column", async () => {
    const emulator = createXtermEmulator({ rows: 2, cols: 1 }, GRAPHEMES);
    await feed(emulator, `a${HEART}${FAMILY}`);
    expect(emulator.snapshot().cursor.Col).toBe(0);
    emulator.close();
  });

  it("follows mode 2027, which it reports, also after going back to a checkpoint", async () => {
    const emulator = createXtermEmulator(SIZE);
    await feed(emulator, `${FAMILY}\r\n\x1b[?2027h${FAMILY}\x1b[?2027$p`);
    expect(Buffer.concat(emulator.takeReplies()).toString()).toBe("\x1b[?2027;1$y");
    expect(emulator.snapshot().cursor).toMatchObject({ Row: 1, Col: 2 });
    const restored = emulator.checkpoint?.()?.restore();
    for (const one of [emulator, restored]) {
      if (one) await feed(one, `\r\n${FAMILY}\x1b[?2027l${FAMILY}`);
      expect(one?.snapshot().cursor).toMatchObject({ Row: 2, Col: 9 });
      one?.close();
    }
  });

  it("has clusters on after a full reset only if the policy says so", async () => {
    expect((await draw(`\x1b[?2027l\x1bc${FAMILY}`)).at).toEqual([0, 2]);
    const plain = createXtermEmulator(SIZE);
    await feed(plain, `\x1b[?2027h\x1bc${FAMILY}`);
    expect(plain.snapshot().cursor).toMatchObject({ Row: 0, Col: 8 });
    plain.close();
  });

  it("shows the same however the bytes are split, and provenance draws the same", async () => {
    const unit = fc.constantFrom(
      ..."a漢👩💻❤🏻🇩🇪1 \u200d\ufe0f\u0301\u20e3\r\n",
      "\x1b[31m",
      "\x1b[?7l",
      "\x1b[?7h",
      "\x1b[3G",
      "\x1b[4h",
    );
    const output = fc.array(unit, { maxLength: 40 }).map((parts) => bytes(parts.join("")));
    await fc.assert(
      fc.asyncProperty(output, arbitraryCuts, async (written, cuts) => {
        const whole = await draw(written);
        expect(await draw(...split(written, cuts))).toEqual(whole);
        const provenance = createProvenance(SIZE, GRAPHEMES);
        await provenance.feed(written);
        const offsets = provenance.offsets();
        provenance.close();
        const seen = whole.cells?.map((row) => row.map(({ Char }) => (Char > 0x20 ? Char : null)));
        const traced = offsets.map((row, at) =>
          row.map((offset, col) => {
            const isShown = (whole.cells?.[at]?.[col]?.Char ?? 0) > 0x20;
            return offset === null || !isShown ? null : characterAt(written, offset);
          }),
        );
        expect(traced).toEqual(seen);
      }),
      { numRuns: process.env.CASSETTE_SOAK ? 20_000 : 300 },
    );
  });
});

function characterAt(written: Uint8Array, offset: number): number | undefined {
  return Buffer.from(written.subarray(offset, offset + 4))
    .toString()
    .codePointAt(0);
}
