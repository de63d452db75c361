const HUGE = "2147483647";
const MB = 1_000_000;
/** Endless strings end somewhere after all. */
const ENDLESS = process.env.CASSETTE_SOAK ? 64 * MB : MB;

/** Output made to exhaust whoever draws it, by name. */
export const HOSTILE_INPUTS: Record<string, () => string> = {
  "a character repeated 2³¹ times": () => `x\x1b[${HUGE}b`,
  "a wide character repeated 2³¹ times": () => `漢\x1b[${HUGE}b`,
  "a repeat count of a thousand digits": () => `x\x1b[${"9".repeat(1_000)}b`,
  "a repeat count with control characters inside": () => `x\x1b[21\n4748\r3647b`,
  "a repeat behind an 8-bit introducer": () => `x\u009b${HUGE}b`,
  "a repeat behind a broken-off sequence": () => `x\x1b[1;\x1b[${HUGE}b`,
  "a thousand repeats": () => `x\x1b[${HUGE}b`.repeat(1_000),
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
  "broken-off sequences without end": () => "\x1b[1;2".repeat(MB),
  "a title of megabytes": () => `\x1b]2;${"t".repeat(ENDLESS)}\x07`,
  "100,000 titles": () => "\x1b]2;t\x07".repeat(100_000),
  "100,000 titles pushed": () => `\x1b]2;${"t".repeat(50)}\x07\x1b[22t`.repeat(20_000),
  "100,000 links": () => Array.from({ length: 100_000 }, (_, n) => `\x1b]8;;http://x/${n}\x07x`).join(""),
  "200,000 combining marks in one cell": () => `a${"\u0301".repeat(200_000)}`,
  "200,000 marks of several kinds": () => `a${"\u0301\u200d\ufe0f\u1160".repeat(50_000)}`,
  "a heap of marks, repeated": () => `a${"\u0301".repeat(31)}\x1b[${HUGE}b`.repeat(100),
  "100,000 questions": () => "\x1b[c\x1b[6n".repeat(50_000),
  "50,000 questions for all colours": () => "\x1b]4;0;?\x07\x1b]11;?\x07".repeat(25_000),
  "10,000 resets": () => "\x1bc".repeat(10_000),
  "20,000 changes of the screen": () => "\x1b[?1049h\x1b[?1049l".repeat(20_000),
  "20,000 screens full of E": () => "\x1b#8".repeat(20_000),
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
