import { isDeepStrictEqual } from "node:util";
import { HAS_EXTENDED, IS_COMBINED, WORDS_PER_CELL } from "./cell-words.js";
import {
  type Fields,
  type InternalBuffer,
  type InternalExtended,
  type InternalLine,
  type InternalLines,
  type Internals,
  internalsOf,
  STATE_FIELDS,
} from "./internals.js";
import type { Terminal } from "./library.js";
import { linesOf, type PackedLine, packLines, unpackLines } from "./packed-lines.js";

/** A terminal's state, copied from the terminal. */
export interface TerminalState {
  /** Bytes of memory it takes, approximately. */
  readonly bytes: number;
  /** Values of the library's fields, part by part. Never changed. */
  readonly values: readonly Values[];
  /** Restores this state in a new terminal of the same size. */
  restore(terminal: Terminal): void;
}

type Values = readonly unknown[];

interface SavedBuffer {
  ring: { maxLength: number; _startIndex: number };
  /** Row, column and value of what is kept beside the cells. */
  clusters: Besides<string>;
  styles: Besides<InternalExtended>;
}

type Besides<T> = readonly (readonly [row: number, col: number, value: T])[];

/** Objects of a state beside its cells, and of each value that is kept beside a cell; measured. */
const BYTES_BESIDES = 2_500;
const BYTES_BESIDE_A_CELL = 120;

/**
 * Captures a terminal's state; null when the library is not the expected one.
 * @param earlier a state of the same terminal; unchanged parts are shared with it; most are unchanged.
 */
export function captureTerminal(terminal: Terminal, earlier?: TerminalState): TerminalState | null {
  const internals = internalsOf(terminal);
  if (internals === null) return null;
  const { _normal, _alt, active } = internals._bufferService.buffers;
  const values = fieldsOf(internals).map(([part, names], index) =>
    shared(valuesOf(part, names), earlier?.values[index]),
  );
  const convertEol = terminal.options.convertEol;
  const isAlternate = active === _alt;
  const normal = saveBuffer(_normal);
  const alternate = saveBuffer(_alt);
  const lines = packLines([_normal.lines, _alt.lines]);
  const beside = [normal, alternate].flatMap(({ clusters, styles }) => [...clusters, ...styles]).length;

  return {
    bytes: lines.length + BYTES_BESIDES + beside * BYTES_BESIDE_A_CELL,
    values,
    restore(fresh) {
      const target = internalsOf(fresh);
      if (target === null)
        throw new Error("A terminal of another version of @xterm/headless cannot be restored.");
      fresh.options.convertEol = convertEol;
      const { buffers } = target._bufferService;
      if (isAlternate) buffers.activateAltBuffer();
      for (const [index, [part, names]] of fieldsOf(target).entries())
        setValues(part, names, values[index] ?? []);
      const [normalLines = [], alternateLines = []] = unpackLines(lines);
      restoreBuffer(buffers._normal, normal, normalLines);
      restoreBuffer(buffers._alt, alternate, alternateLines);
    },
  };
}

/** The parts that have fields of interest, and their names. */
function fieldsOf({
  _inputHandler,
  _charsetService,
  coreService,
  coreMouseService,
  _bufferService,
}: Internals) {
  return [
    [_inputHandler, STATE_FIELDS.inputHandler],
    [_inputHandler._parser, STATE_FIELDS.parser],
    [_charsetService, STATE_FIELDS.charsets],
    [coreService, STATE_FIELDS.core],
    [coreMouseService, STATE_FIELDS.mouse],
    [_bufferService.buffers._normal, STATE_FIELDS.buffer],
    [_bufferService.buffers._alt, STATE_FIELDS.buffer],
  ] as const;
}

/** The values, with unchanged ones taken from the earlier state. */
function shared(values: Values, earlier: Values = []): Values {
  const joined = values.map((value, index) =>
    isDeepStrictEqual(value, earlier[index]) ? earlier[index] : value,
  );
  const isSame = joined.every((value, index) => value === earlier[index]);
  return isSame && earlier.length === joined.length ? earlier : joined;
}

function saveBuffer(buffer: InternalBuffer): SavedBuffer {
  const { lines } = buffer;
  return {
    ring: { maxLength: lines.maxLength, _startIndex: lines._startIndex },
    clusters: besides(lines, "_combined", 0, IS_COMBINED),
    styles: besides(lines, "_extendedAttrs", 2, HAS_EXTENDED),
  };
}

const NOTHING_BESIDE: Besides<never> = [];

/** What is kept beside the cells of a line and still belongs to one: old entries stay there. */
function besides<Field extends "_combined" | "_extendedAttrs">(
  lines: InternalLines,
  field: Field,
  word: number,
  bit: number,
): Besides<InternalLine[Field][number]> {
  const found: [number, number, InternalLine[Field][number]][] = [];
  for (const [row, line] of linesOf(lines).entries()) {
    for (const [col, value] of Object.entries(line[field])) {
      if (((line._data[Number(col) * WORDS_PER_CELL + word] ?? 0) & bit) === 0) continue;
      found.push([row, Number(col), value as InternalLine[Field][number]]);
    }
  }
  return found.length > 0 ? found : NOTHING_BESIDE;
}

function restoreBuffer(buffer: InternalBuffer, saved: SavedBuffer, lines: PackedLine[]): void {
  // Existing lines are reused: allocating costs more than copying.
  const own = linesOf(buffer.lines);
  buffer.lines.length = 0;
  // In this order: a new maximum begins a new ring.
  buffer.lines.maxLength = saved.ring.maxLength;
  buffer.lines._startIndex = saved.ring._startIndex;
  for (const [row, { length, isWrapped, cells }] of lines.entries()) {
    const line = own[row] ?? buffer.getBlankLine(buffer.savedCurAttrData);
    if (line.length === length) line._data.set(cells);
    else line._data = cells.slice();
    line.length = length;
    line.isWrapped = isWrapped;
    buffer.lines.push(line);
  }
  for (const [row, col, cluster] of saved.clusters) {
    const line = buffer.lines.get(row);
    if (line) line._combined[col] = cluster;
  }
  for (const [row, col, style] of saved.styles) {
    const line = buffer.lines.get(row);
    if (line) line._extendedAttrs[col] = style;
  }
}

/** Deep copies of the values of fields, because the library changes some of them in place. */
function valuesOf(part: Fields, names: readonly string[]): Values {
  return names.map((name) => copyValue(part[name]));
}

function setValues(part: Fields, names: readonly string[], values: Values): void {
  for (const [index, name] of names.entries()) part[name] = copyValue(values[index]);
}

function copyValue(value: unknown): unknown {
  if (Array.isArray(value)) return [...value];
  if (value === null || typeof value !== "object") return value;
  if ("clone" in value && typeof value.clone === "function") return value.clone();
  return { ...value };
}
