import type { TerminalSize } from "@cassette/format";
import { firstParameter, SHORTEST_LARGE_NUMBER } from "./repeat-limit.js";
import { sequenceText } from "./sequence-text.js";

// A few bytes can make an emulator touch every cell of the screen. Work is counted in units of about four nanoseconds: writing
// one cell. What touches a single row is left out, for the time it takes grows with the bytes: text, line feeds, changes within a
// line.

/** Work that any output may cause, however short: a second of drawing. */
const ALLOWANCE = 2 ** 28;
/** Work that each byte of output may cause. Programs that draw whole screens cause 1 to 20; `clear` in a loop at 60×200, 200. */
const WORK_PER_BYTE = 512;

/** Whether output of this many bytes may cause this much work. */
export function isAffordable(work: number, bytes: number): boolean {
  return work <= ALLOWANCE + WORK_PER_BYTE * bytes;
}

/** Lines of scrollback that wrap again with the screen. */
const HISTORY = 200;
/** Work that every resize may cause: dragging a window resizes it many times, while the program prints little. */
const WORK_PER_RESIZE = 2 ** 20;

/** The work of giving a terminal another size, beyond what every resize may cause. */
export function workOfResize(before: TerminalSize, after: TerminalSize): number {
  const cells = (Math.max(before.rows, after.rows) + HISTORY) * Math.max(before.cols, after.cols);
  return Math.max(0, 16 * cells - WORK_PER_RESIZE);
}

const letters = (text: string) => new Set([...text].map((letter) => letter.charCodeAt(0)));
/** Last bytes of the sequences that {@link workOf} knows. */
const COSTLY = letters("JhlLMSTb8c}~@Axz{vrt69");
/** Last bytes of sequences that are costly only with an intermediate byte, and common without. */
const ONLY_WITH_INTERMEDIATE = letters("}~@A8xz{vrt");

/** Whether a sequence with this last byte, and the byte before that, may cause work worth counting. */
export function mayBeCostly(final: number, before: number): boolean {
  return COSTLY.has(final) && (!isCostlyWithIntermediate(final) || isIntermediate(before));
}

/** Whether a last byte is of a sequence that is costly with an intermediate byte and common without. */
export function isCostlyWithIntermediate(final: number): boolean {
  return ONLY_WITH_INTERMEDIATE.has(final);
}

/** Whether a byte of a sequence is an intermediate one. */
export function isIntermediate(byte: number): boolean {
  return byte >= 0x20 && byte < 0x30;
}

/** Control sequences that change the whole screen or a rectangle of it: the work for each of its cells. */
const WORK_PER_CELL: readonly (readonly [body: RegExp, work: number])[] = [
  [/^0*3J$/, 0],
  [/^[?\d;:]*J$/, 1],
  [/[ '][@A}~]$/, 3],
  [/\$[xz{rt]$/, 3],
  [/\$v$/, 12],
];

/** The work that a whole sequence causes on a screen of a size, at most. */
export function workOf(sequence: Uint8Array, size: TerminalSize): number {
  const cells = size.rows * size.cols;
  const text = sequenceText(sequence);
  const body = text.replace(/^(?:\x1b+\[|\xc2\x9b|\x9b)/, "");
  const isControlSequence = body !== text;
  if (!isControlSequence) return workOfEscape(body.replace(/^\x1b+/, ""), size);
  if (/[hl]$/.test(body)) return cells * alternateScreens(body);
  const [, workPerCell] = WORK_PER_CELL.find(([known]) => known.test(body)) ?? [];
  if (workPerCell !== undefined) return workPerCell * cells;
  if (!/^[\d;:]*[LMSTb]$/.test(body)) return 0;
  const count = Math.max(1, firstParameter(sequence));
  if (!body.endsWith("b")) return Math.min(count, size.rows) * workOfLine(size);
  return body.length <= SHORTEST_LARGE_NUMBER ? 0 : 12 * Math.min(count, 2 * cells);
}

/** Inserting or removing a line moves references to all others, and empties one. */
function workOfLine({ rows, cols }: TerminalSize): number {
  return 4 * rows + 2 * cols;
}

/** RIS, DECALN, RI, DECBI and DECFI. */
function workOfEscape(body: string, size: TerminalSize): number {
  if (body === "c") return 7 * size.rows * size.cols;
  if (body === "#8") return 2 * size.rows * size.cols;
  if (body === "6" || body === "9") return 3 * size.rows * size.cols;
  return body === "M" ? workOfLine(size) : 0;
}

/** How often a sequence of private modes switches between the main and the alternate screen. */
function alternateScreens(body: string): number {
  if (!body.startsWith("?")) return 0;
  return body
    .slice(1, -1)
    .split(";")
    .filter((mode) => ["47", "1047", "1049"].includes(mode.replace(/^0+/, ""))).length;
}
