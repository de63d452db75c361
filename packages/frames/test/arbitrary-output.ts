import fc from "fast-check";
import { bytes } from "./feed.js";

const small = fc.integer({ min: 0, max: 30 });
const parameters = fc.array(fc.oneof(small, fc.constant("")), { maxLength: 4 }).map((list) => list.join(";"));
const finals = fc.constantFrom(..."@ABCDEFGHIJKLMPSTXZ`abdefghlmnrsu");
const privateModes = fc.constantFrom(1, 6, 7, 7, 25, 45, 47, 1000, 1047, 1048, 1049, 2004, 2026);

const text = fc.oneof(
  fc.string({ unit: fc.constantFrom(..."abcXYZ 0123~"), minLength: 1, maxLength: 30 }),
  fc.string({
    unit: fc.constantFrom(..."漢字한é─ñ—\u2003\u{1F600}\u{1F469}\u200d\u0301\ufe0f\u00ad\u200b"),
    minLength: 1,
    maxLength: 6,
  }),
);
const control = fc.constantFrom(
  "\r",
  "\n",
  "\r\n",
  "\t",
  "\b",
  "\x07",
  "\x0b",
  "\x0e",
  "\x0f",
  "\0",
  "\x7f",
  "\x18",
  "\x1a",
);
const csi = fc.oneof(
  fc.tuple(parameters, finals).map(([list, final]) => `\x1b[${list}${final}`),
  fc.tuple(privateModes, fc.constantFrom("h", "l")).map(([mode, final]) => `\x1b[?${mode}${final}`),
  fc.tuple(small, small, small).map(([r, g, b]) => `\x1b[38;2;${r};${g};${b};4${b % 8}m`),
  fc
    .tuple(small, fc.constantFrom(" @", " A", "'}", "'~", '"q', "!p", " q", "$p"))
    .map(([n, end]) => `\x1b[${n}${end}`),
  fc.tuple(small, small).map(([a, b]) => `\x1b[\n${a};\r${b}H`),
  fc.tuple(small, finals).map(([n, final]) => `\u009b${n}${final}`),
);
const escapes = fc
  .constantFrom(..."78DEHMc=>NOnoZ\\", "(0", "(B", ")0", "#8", "%G", " F")
  .map((end) => `\x1b${end}`);
const string = fc
  .tuple(
    fc.constantFrom(
      "\x1b]0;",
      "\x1b]2;",
      "\x1b]8;;",
      "\x1b]4;1;",
      "\x1bP",
      "\x1bP1$r",
      "\x1b_",
      "\x1bX",
      "\x1b^",
      "\u009d2;",
      "\u0090q",
    ),
    fc.string({ unit: fc.constantFrom(..."title é漢;?\n"), maxLength: 12 }),
    fc.constantFrom("\x07", "\x1b\\", "\u009c", "\x18", "\x1b[1m", ""),
  )
  .map((parts) => parts.join(""));
const brokenOff = fc.constantFrom(
  "\x1b",
  "\x1b[",
  "\x1b[1;",
  "\x1b[?",
  "\x1b]0;half",
  "\x1bP1",
  "\x1b(",
  "\x1b[1 ",
  "\x1b[1?2",
);
const invalid = fc.constantFrom(
  [0xff],
  [0xe2, 0x80],
  [0xc0, 0x80],
  [0xed, 0xa0, 0x80],
  [0xf0, 0x9f],
  [0x80],
  [0xef, 0xbb, 0xbf],
  [0xc2],
);

/** What the library does not have. */
const ours = fc.oneof(
  fc
    .tuple(fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 8 }), fc.constantFrom(..."vxz{rt"))
    .map(([list, final]) => `\x1b[${final === "x" ? "42;" : ""}${list.join(";")}$${final}`),
  fc.constantFrom(
    "\x1bV",
    "\x1bW",
    "\x1b6",
    "\x1b9",
    "\x1b[2*x",
    "\x1b[?45h",
    "\x1b[?1045h",
    "\x1b[?2027h",
    "\x1b[?2027l",
  ),
);

/** What leaves no trace at once and shows later. */
const stateful = fc.constantFrom(
  ..."\x1b7|\x1b8|\x1b[s|\x1b[u|\x0e|\x0f|\x1b(0|\x1b(B|\x1b)0|\x1b[2;4r|\x1b[r|\x1b[5G\x1bH|\x1b[3g|\t|\x1b[3b|\x1b[?6h|\x1b[4h|\x1b[20h|\x1b[31m|\x1b[4:3m|\x1b[22t|\x1b[23t".split(
    "|",
  ),
);

const piece: fc.Arbitrary<Uint8Array> = fc.oneof(
  { arbitrary: text.map(bytes), weight: 6 },
  { arbitrary: control.map(bytes), weight: 3 },
  { arbitrary: csi.map(bytes), weight: 8 },
  { arbitrary: stateful.map(bytes), weight: 5 },
  { arbitrary: escapes.map(bytes), weight: 2 },
  { arbitrary: ours.map(bytes), weight: 2 },
  { arbitrary: string.map(bytes), weight: 2 },
  { arbitrary: brokenOff.map(bytes), weight: 1 },
  { arbitrary: invalid.map((list) => Uint8Array.from(list)), weight: 1 },
);

/** What a program might write to a terminal, well-formed and not. */
export const arbitraryOutput: fc.Arbitrary<Uint8Array> = fc
  .array(piece, { minLength: 1, maxLength: 30 })
  .map((pieces) => Uint8Array.from(pieces.flatMap((part) => [...part])));

/** Places to cut bytes at, as fractions of their length. */
export const arbitraryCuts = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 8 });

/** Cuts bytes at fractions of their length; without any, into single bytes. */
export function split(whole: Uint8Array, cuts: number[]): Uint8Array[] {
  if (cuts.length === 0) return Array.from(whole, (_, at) => whole.subarray(at, at + 1));
  const places = [
    0,
    ...cuts.map((cut) => Math.floor(cut * whole.length)).sort((a, b) => a - b),
    whole.length,
  ];
  return places.slice(1).map((end, index) => whole.subarray(places[index], end));
}
