const HUGE = "2147483647";
const MB = 1_000_000;
/** Endless strings end somewhere after all. */
const ENDLESS = process.env.CASSETTE_SOAK ? 64 * MB : MB;
/** Slow cases occur a fifth as often, except in a soak. */
const many = (count: number) => (process.env.CASSETTE_SOAK ? count : count / 5);

/** Output made to exhaust an emulator, by name. */
export const HOSTILE_INPUTS: Record<string, () => string> = {
  "a character repeated 2³¹ times": () => `x\x1b[${HUGE}b`,
  "a wide character repeated 2³¹ times": () => `漢\x1b[${HUGE}b`,
  "a repeat count of a thousand digits": () => `x\x1b[${"9".repeat(1_000)}b`,
  "a repeat count with control characters inside": () => `x\x1b[21\n4748\r3647b`,
  "a repeat after an 8-bit introducer": () => `x\u009b${HUGE}b`,
  "a repeat after a broken-off sequence": () => `x\x1b[1;\x1b[${HUGE}b`,
  "repeats without end": () => `x\x1b[${HUGE}b`.repeat(many(1_000)),
  "scrolling up 2³¹ lines": () => `\x1b[${HUGE}S`,
  "scrolling down 2³¹ lines": () => `\x1b[${HUGE}T`,
  "inserting 2³¹ lines": () => `\x1b[${HUGE}L`,
  "deleting 2³¹ lines": () => `\x1b[${HUGE}M`,
  "2³¹ tabs forwards": () => `\x1b[${HUGE}I`,
  "2³¹ tabs backwards": () => `\x1b[${HUGE}Z`,
  "2³¹ of every other edit": () => [..."@PXABCDEFG`adefg"].map((final) => `\x1b[${HUGE}${final}`).join(""),
  "2³¹ columns inserted, deleted and shifted": () =>
    ["'}", "'~", " @", " A"].map((end) => `\x1b[${HUGE}${end}`).join(""),
  "an endless OSC": () => `\x1b]2;${"t".repeat(ENDLESS)}`,
  "an endless DCS": () => `\x1bP1$r${"t".repeat(ENDLESS)}`,
  "an endless APC": () => `\x1b_G${"t".repeat(ENDLESS)}`,
  "an endless control sequence": () => `\x1b[${"1;".repeat(MB)}`,
  "endless subparameters": () => `\x1b[4${":1".repeat(MB)}m`,
  "endless intermediates": () => `\x1b${" ".repeat(MB)}F`,
  "endless escapes": () => "\x1b".repeat(MB),
  "broken-off sequences without end": () => "\x1b[1;2".repeat(many(MB)),
  "a title of megabytes": () => `\x1b]2;${"t".repeat(ENDLESS)}\x07`,
  "titles without end": () => "\x1b]2;t\x07".repeat(many(100_000)),
  "pushed titles without end": () => `\x1b]2;${"t".repeat(50)}\x07\x1b[22t`.repeat(many(20_000)),
  "links without end": () =>
    Array.from({ length: many(100_000) }, (_, n) => `\x1b]8;;http://x/${n}\x07x`).join(""),
  "200,000 combining marks in one cell": () => `a${"\u0301".repeat(200_000)}`,
  "200,000 marks of several kinds": () => `a${"\u0301\u200d\ufe0f\u1160".repeat(50_000)}`,
  "a heap of marks, repeated": () => `a${"\u0301".repeat(31)}\x1b[${HUGE}b`.repeat(many(100)),
  "questions without end": () => "\x1b[c\x1b[6n".repeat(many(50_000)),
  "questions for colours without end": () => "\x1b]4;0;?\x07\x1b]11;?\x07".repeat(many(25_000)),
  "resets without end": () => "\x1bc".repeat(many(10_000)),
  "changes of the screen without end": () => "\x1b[?1049h\x1b[?1049l".repeat(many(20_000)),
  "screens full of E without end": () => "\x1b#8".repeat(many(20_000)),
  "synchronised output without end": () => `\x1b[?2026h${"x".repeat(MB)}`,
  "random bytes": () => {
    let seed = 1;
    return Array.from({ length: 200_000 }, () => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      return String.fromCharCode(seed >> 23);
    }).join("");
  },
  "insertion mode at the left margin": () => `\x1b[4h${"x\r".repeat(100_000)}`,
};
