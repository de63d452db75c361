import type { TerminalSize } from "@cassette/format";
import type { HiddenState } from "../xterm/hidden-state.js";
import type { Fields, InternalBuffer, Internals } from "../xterm/internals.js";
import { KEPT_MODES } from "../xterm/kept-modes.js";
import { colsOf, type Row, readRows } from "../xterm/rows.js";
import type { SavedCursors } from "../xterm/saved-cursor.js";
import { isSetAtFirst } from "../xterm/saved-modes.js";
import { moveTo, type ScreenWriter, usePen, writeAgain, writeRows } from "./screen-writer.js";
import { type Pen, PLAIN_PEN } from "./style-output.js";

/** A terminal whose state is to be written. */
export interface WrittenTerminal {
  internals: Internals;
  hidden: HiddenState;
  saved: SavedCursors;
  size: TerminalSize;
  /** LF moves to the first column too. */
  newLines: boolean;
}

const TAB_STOP = 8;
const CSI = "\x1b[";
/** Private modes by what the library calls them, with what they are at first. */
const PRIVATE_MODES = [
  ["applicationCursorKeys", 1, false],
  ["reverseWraparound", 45, false],
  ["sendFocus", 1004, false],
  ["bracketedPasteMode", 2004, false],
  ["synchronizedOutput", 2026, false],
] as const;
const MOUSE_PROTOCOLS: Readonly<Record<string, number>> = { X10: 9, VT200: 1000, DRAG: 1002, ANY: 1003 };
const MOUSE_ENCODINGS: Readonly<Record<string, number>> = { SGR: 1006, SGR_PIXELS: 1016 };
const CURSOR_SHAPES = ["block", "underline", "bar"];
/** SI, SO, LS2 and LS3: which of G0 to G3 is in use. */
const SHIFTS = ["\x0f", "\x0e", "\x1bn", "\x1bo"];
const DESIGNATORS = ["(", ")", "*", "+"];

/**
 * Makes output that gives a new terminal of the same size the state of this one: both screens, the lines above them, cursor, modes.
 * There are states that no output gives: whether this one did is to be checked.
 */
export function restoringOutput(terminal: WrittenTerminal): string {
  const { internals, hidden, saved, size } = terminal;
  const { _normal, _alt, active } = internals._bufferService.buffers;
  const writer: ScreenWriter = {
    output: "",
    pen: PLAIN_PEN,
    links: hidden.links,
    isoProtection: hidden.isoProtection,
  };
  writeSavedModes(writer, hidden);
  writeColors(writer, hidden);
  writeTitles(writer, internals);
  writeKeptModes(writer, hidden);
  if (active === _normal && saved.alternate.isSaved) {
    writer.output += `${CSI}?1047h`;
    writeSavedCursor(writer, _alt, saved.alternate, []);
    usePen(writer, PLAIN_PEN);
    writer.output += `${CSI}?1047l${CSI}H`;
  }
  const rows = readRows(_normal, size.cols);
  writeRows(writer, rows);
  const shown = rows.slice(_normal.ybase);
  if (active === _normal) {
    // Some terminals keep the cursor of the modes apart from that of DECSC; which one was saved is not known.
    if (saved.normal.isSaved)
      writeSavedCursor(writer, _normal, saved.normal, shown, `\x1b7${CSI}?1049h${CSI}?1049l`);
    return finish(writer, terminal, shown);
  }
  showAlternate(writer, _normal, saved.normal, shown);
  const alternate = readRows(_alt, size.cols);
  writeRows(writer, alternate);
  if (saved.alternate.isSaved) writeSavedCursor(writer, _alt, saved.alternate, alternate);
  return finish(writer, terminal, alternate);
}

/** Shows the alternate screen, empty, as programs mostly do: with the cursor saved. Some terminals restore only such a one. */
function showAlternate(
  writer: ScreenWriter,
  normal: InternalBuffer,
  saved: SavedCursors["normal"],
  rows: Row[],
): void {
  const col = saved.waits ? colsOf(rows[0] as Row) : normal.savedX;
  if (saved.isSaved && saved.row === normal.y && col === normal.x) {
    writeSavedCursor(writer, normal, saved, rows, `${CSI}?1049h`);
  } else {
    if (saved.isSaved) writeSavedCursor(writer, normal, saved, rows);
    writeCursor(writer, normal, rows, false);
    writer.output += `${CSI}?1047h`;
  }
  usePen(writer, PLAIN_PEN);
  writer.output += `${CSI}2J${CSI}H`;
}

/** What holds for the screen that is shown, in an order in which nothing undoes another. */
function finish(
  writer: ScreenWriter,
  { internals, hidden, size, newLines }: WrittenTerminal,
  rows: Row[],
): string {
  const { coreService, _inputHandler } = internals;
  const buffer = internals._bufferService.buffers.active;
  const modes = coreService.decPrivateModes as Fields;
  writeTabStops(writer, buffer, size);
  usePen(writer, PLAIN_PEN);
  writeMargins(writer, buffer, size);
  if (modes.origin === true) writer.output += `${CSI}?6h`;
  writeCursor(writer, buffer, rows, modes.origin === true);
  if ((coreService.modes as Fields).insertMode === true) writer.output += `${CSI}4h`;
  if (newLines) writer.output += `${CSI}20h`;
  if (modes.wraparound === false) writer.output += `${CSI}?7l`;
  writeModes(writer, internals, hidden);
  usePen(writer, penOf(_inputHandler._curAttrData));
  // After the styles: those of DECSCA choose the other kind of protection.
  if (hidden.isoProtection && (writer.pen.bg & 0x2000_0000) === 0) writer.output += "\x1bV\x1bW";
  writeCharacterSets(writer, internals);
  if (_inputHandler._parser.precedingJoinState !== 0) repeatLast(writer, buffer, rows);
  return writer.output;
}

/** The rows that scroll, unless all do. */
function writeMargins(
  writer: ScreenWriter,
  { scrollTop, scrollBottom }: InternalBuffer,
  { rows }: WrittenTerminal["size"],
): void {
  if (scrollTop === 0 && scrollBottom === rows - 1) return;
  writer.output += `${CSI}${scrollTop + 1};${scrollBottom + 1}r`;
}

/** The character that REP repeats is the last that was written. */
function repeatLast(writer: ScreenWriter, { x, y }: InternalBuffer, rows: Row[]): void {
  const row = rows[y];
  if (row === undefined || x === 0) return;
  const pen = writer.pen;
  for (const width of [1, 2]) {
    const col = Math.min(x, colsOf(row)) - width;
    if (col < 0) return;
    writer.output += `${CSI}${col + 1}G`;
    if (writeAgain(writer, row, col)) break;
  }
  // A style that follows would end the repetition: the check sees it.
  usePen(writer, pen);
}

function writeColors(writer: ScreenWriter, { colors }: HiddenState): void {
  const hex = (part: number) => part.toString(16).padStart(2, "0");
  for (const [name, color] of colors) {
    const parts = [(color >> 16) & 0xff, (color >> 8) & 0xff, color & 0xff].map(hex);
    writer.output += `\x1b]${name};rgb:${parts.join("/")}\x1b\\`;
  }
}

function writeTitles(writer: ScreenWriter, { _inputHandler }: Internals): void {
  const list = (name: string) => _inputHandler[name] as string[];
  for (const title of list("_windowTitleStack")) writer.output += `\x1b]2;${title}\x1b\\${CSI}22;2t`;
  for (const name of list("_iconNameStack")) writer.output += `\x1b]1;${name}\x1b\\${CSI}22;1t`;
  if (_inputHandler._windowTitle) writer.output += `\x1b]2;${_inputHandler._windowTitle}\x1b\\`;
  if (_inputHandler._iconName) writer.output += `\x1b]1;${_inputHandler._iconName}\x1b\\`;
}

/** Sets each mode, saves it, and puts it back. */
function writeSavedModes(writer: ScreenWriter, { savedModes }: HiddenState): void {
  for (const mode of savedModes)
    writer.output += `${CSI}?${mode}h${CSI}?${mode}s${CSI}?${mode}${isSetAtFirst(mode) ? "h" : "l"}`;
}

function writeKeptModes(writer: ScreenWriter, { changedModes, changesRectangle }: HiddenState): void {
  for (const mode of changedModes) writer.output += `${CSI}${mode}${KEPT_MODES.get(mode) ? "l" : "h"}`;
  if (changesRectangle) writer.output += `${CSI}2*x`;
}

function writeModes(writer: ScreenWriter, internals: Internals, hidden: HiddenState): void {
  const { coreService, coreMouseService } = internals;
  const modes = coreService.decPrivateModes as Fields;
  for (const [name, number, initially] of PRIVATE_MODES)
    if (modes[name] !== initially) writer.output += `${CSI}?${number}h`;
  if (modes.applicationKeypad === true) writer.output += "\x1b=";
  const protocol = MOUSE_PROTOCOLS[String(coreMouseService.activeProtocol)];
  const encoding = MOUSE_ENCODINGS[String(coreMouseService.activeEncoding)];
  for (const number of [protocol, encoding]) if (number !== undefined) writer.output += `${CSI}?${number}h`;
  if (modes.cursorStyle !== undefined) {
    const shape = CURSOR_SHAPES.indexOf(String(modes.cursorStyle));
    writer.output += `${CSI}${1 + 2 * shape + (modes.cursorBlink === true ? 0 : 1)} q`;
  }
  if (!hidden.cursorVisible) writer.output += `${CSI}?25l`;
}

function writeTabStops(writer: ScreenWriter, { tabs }: InternalBuffer, { cols }: TerminalSize): void {
  const set = tabs as Readonly<Record<number, boolean>>;
  const columns = Array.from({ length: cols }, (_, col) => col);
  if (columns.every((col) => Boolean(set[col]) === (col % TAB_STOP === 0))) return;
  writer.output += `${CSI}3g`;
  for (const col of columns) if (set[col]) writer.output += `${CSI}${col + 1}G\x1bH`;
}

/** Puts the cursor in its place, where it may wait to wrap. */
function writeCursor(writer: ScreenWriter, buffer: InternalBuffer, rows: Row[], isInMargins: boolean): void {
  const row = rows[buffer.y];
  const at = buffer.y - (isInMargins ? buffer.scrollTop : 0);
  const cols = row === undefined ? 0 : colsOf(row);
  if (row === undefined || buffer.x < cols) moveTo(writer, at, buffer.x);
  else waitIn(writer, row, at);
}

/** Writes the last character of a row again: the cursor waits there. */
function waitIn(writer: ScreenWriter, row: Row, at: number): void {
  const last = colsOf(row) - 1;
  moveTo(writer, at, last);
  if (writeAgain(writer, row, last)) return;
  moveTo(writer, at, Math.max(0, last - 1));
  writeAgain(writer, row, Math.max(0, last - 1));
}

function writeSavedCursor(
  writer: ScreenWriter,
  buffer: InternalBuffer,
  { row, origin, waits }: SavedCursors["normal"],
  rows: Row[],
  save = "\x1b7",
): void {
  if (origin) writer.output += `${CSI}?6h`;
  const shown = rows[row];
  if (waits && shown !== undefined) waitIn(writer, shown, row);
  else moveTo(writer, row, Number(buffer.savedX));
  usePen(writer, penOf(buffer.savedCurAttrData as SavedStyle));
  const set = designatorOf(buffer.savedCharset);
  writer.output += set === "B" ? save : `\x1b(${set}${save}\x1b(B`;
  if (origin) writer.output += `${CSI}?6l`;
}

/** A style as the library keeps it. */
type SavedStyle = Pick<Internals["_inputHandler"]["_curAttrData"], "fg" | "bg" | "extended">;

function penOf({ fg, bg, extended }: SavedStyle): Pen {
  return { fg, bg, extended: extended._ext, link: extended.urlId };
}

function writeCharacterSets(writer: ScreenWriter, { _charsetService }: Internals): void {
  for (const [index, set] of _charsetService._charsets.entries()) {
    const designator = designatorOf(set);
    if (designator !== "B") writer.output += `\x1b${DESIGNATORS[index] ?? "("}${designator}`;
  }
  const level = Number(_charsetService.glevel);
  if (level !== 0) writer.output += SHIFTS[level] ?? "";
}

/** Of the sets besides ASCII, line drawing is the one that programs use. */
function designatorOf(set: unknown): string {
  return set == null ? "B" : "0";
}
