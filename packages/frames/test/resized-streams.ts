import type { TerminalSize } from "@cassette/format";
import fc from "fast-check";
import { bytes } from "./feed.js";
import type { TmuxStep } from "./tmux-screen.js";

const size = fc.record({ rows: fc.integer({ min: 2, max: 9 }), cols: fc.integer({ min: 4, max: 24 }) });

const word = fc.string({ unit: fc.constantFrom(..."abcdefgXYZ0123"), minLength: 1, maxLength: 9 });
const text = fc.oneof(
  { arbitrary: word, weight: 6 },
  { arbitrary: fc.constantFrom(" ", "  "), weight: 3 },
  { arbitrary: fc.string({ unit: fc.constantFrom(..."漢字한é─ñ"), minLength: 1, maxLength: 5 }), weight: 2 },
  { arbitrary: fc.constantFrom("e\u0301", "a\x1b[1m\u0302", "n\x1b[m\u0303"), weight: 1 },
);
/** What a wide character leaves of another that it covers in part differs between terminals. */
const narrow = fc.oneof(
  { arbitrary: word, weight: 6 },
  { arbitrary: fc.constantFrom(" ", "─ñ", "e\u0301"), weight: 4 },
);
const narrowLine = fc.array(narrow, { minLength: 1, maxLength: 6 }).map((parts) => parts.join(""));
const line = fc.array(text, { minLength: 1, maxLength: 6 }).map((parts) => parts.join(""));
const style = fc.constantFrom(
  "\x1b[31m",
  "\x1b[1m",
  "\x1b[m",
  "\x1b[4m",
  "\x1b[38;5;200m",
  "\x1b[38;2;1;2;3m",
);
const place = fc
  .tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 24 }))
  .map(([row, col]) => `\x1b[${row};${col}H`);
/** From a known place: terminals differ in what moving does to a cursor that waits to wrap. */
const move = fc.oneof(
  place,
  fc
    .tuple(place, fc.integer({ min: 1, max: 5 }), fc.constantFrom(..."ABCD"))
    .map(([from, count, to]) => `${from}\x1b[${count}${to}`),
  fc.constantFrom("\r", "\x1b[H"),
);
/** With the cursor somewhere: terminals differ in whether a cursor that waits to wrap keeps waiting. */
const erase = fc
  .tuple(
    fc.integer({ min: 1, max: 9 }),
    fc.integer({ min: 1, max: 4 }),
    fc.constantFrom("\x1b[K", "\x1b[1K", "\x1b[J", "\x1b[2X", "\x1b[2P", "\x1b[2@", "\x1b[L\r", "\x1b[M\r"),
  )
  .map(([row, col, sequence]) => `\x1b[${row};${col}H${sequence}`);

const printed = fc
  .array(
    fc.oneof(
      { arbitrary: line.map((content) => `${content}\r\n`), weight: 8 },
      { arbitrary: text, weight: 4 },
      { arbitrary: style, weight: 2 },
    ),
    { minLength: 1, maxLength: 12 },
  )
  .map((parts) => parts.join(""));

const drawn = fc
  .array(
    fc.oneof(
      { arbitrary: narrowLine.map((content) => `${content}\r\n`), weight: 6 },
      { arbitrary: narrow, weight: 4 },
      { arbitrary: style, weight: 2 },
      { arbitrary: move, weight: 3 },
      { arbitrary: erase, weight: 1 },
    ),
    { minLength: 1, maxLength: 12 },
  )
  .map((parts) => parts.join(""));

/** Output of which each part is followed by another size, and how it begins. */
export interface ResizedStream {
  size: TerminalSize;
  steps: TmuxStep[];
}

function streams(output: fc.Arbitrary<string>, isRowsOnly: boolean): fc.Arbitrary<ResizedStream> {
  const parts = fc.array(fc.tuple(output.map(bytes), size), { minLength: 1, maxLength: 4 });
  return fc.record({ size, parts, last: output }).map(({ size: first, parts: changes, last }) => {
    const cols = ({ cols: other }: TerminalSize) => (isRowsOnly ? first.cols : other);
    const steps = changes.flatMap(([before, next]) => [before, { rows: next.rows, cols: cols(next) }]);
    return { size: first, steps: [...steps, bytes(last)] };
  });
}

/** What programs draw, with cursor movements and erasing. Only the number of rows changes. */
export const drawnStreams = streams(drawn, true);

/** What logs and shells print, with the cursor where the output ends. */
export const printedStreams = streams(printed, false);

/** What {@link drawnStreams} and {@link printedStreams} are made of, for one size. */
export const drawnOutput = drawn.map(bytes);
export const printedOutput = printed.map(bytes);
