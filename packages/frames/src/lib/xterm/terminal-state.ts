import { deflateRawSync, inflateRawSync } from "node:zlib";
import {
  type Fields,
  type InternalBuffer,
  type InternalLine,
  type Internals,
  internalsOf,
  STATE_FIELDS,
} from "./internals.js";
import type { Terminal } from "./library.js";

/** A terminal's state, apart from the terminal. */
export interface TerminalState {
  /** Memory it takes, about. */
  readonly bytes: number;
  /** Puts a new terminal of the same size into this state. */
  restore(terminal: Terminal): void;
}

interface SavedLines {
  cells: Buffer;
  /** A line may be longer than the screen is wide: what a narrower size hides comes back with a wider one. */
  shapes: { length: number; isWrapped: boolean }[];
  /** Row, column and value of what is kept beside the cells. */
  clusters: [row: number, col: number, cluster: string][];
  styles: [row: number, col: number, style: unknown][];
}

interface SavedBuffer {
  fields: Fields;
  ring: { maxLength: number; _startIndex: number };
  lines: SavedLines;
}

const WORDS_PER_CELL = 3;
const IS_COMBINED = 0x20_0000;
const HAS_EXTENDED = 0x1000_0000;
const FASTEST = { level: 1 };
/** Objects and fields of a state beside its cells. */
const BYTES_BESIDES = 1_500;

/** Captures a terminal's state; null when the library is not the expected one. */
export function captureTerminal(terminal: Terminal): TerminalState | null {
  const internals = internalsOf(terminal);
  if (internals === null) return null;
  const { _normal, _alt, active } = internals._bufferService.buffers;
  const parts = partsOf(internals).map(([part, names]) => pick(part, names));
  const convertEol = terminal.options.convertEol;
  const isAlternate = active === _alt;
  const normal = saveBuffer(_normal);
  const alternate = saveBuffer(_alt);

  return {
    bytes: normal.lines.cells.length + alternate.lines.cells.length + BYTES_BESIDES,
    restore(fresh) {
      const target = internalsOf(fresh);
      if (target === null)
        throw new Error("A terminal of another version of @xterm/headless cannot be restored.");
      fresh.options.convertEol = convertEol;
      if (isAlternate) target._bufferService.buffers.activateAltBuffer();
      for (const [index, [part]] of partsOf(target).entries())
        Object.assign(part, copyFields(parts[index] ?? {}));
      restoreBuffer(target._bufferService.buffers._normal, normal);
      restoreBuffer(target._bufferService.buffers._alt, alternate);
    },
  };
}

function partsOf({ _inputHandler, _charsetService, coreService, coreMouseService }: Internals) {
  return [
    [_inputHandler, STATE_FIELDS.inputHandler],
    [_inputHandler._parser, STATE_FIELDS.parser],
    [_charsetService, STATE_FIELDS.charsets],
    [coreService, STATE_FIELDS.core],
    [coreMouseService, STATE_FIELDS.mouse],
  ] as const;
}

function saveBuffer(buffer: InternalBuffer): SavedBuffer {
  const lines = Array.from({ length: buffer.lines.length }, (_, row) => buffer.lines.get(row)).filter(
    isThere,
  );
  const cells = Buffer.concat(
    lines.map(({ _data }) => new Uint8Array(_data.buffer, _data.byteOffset, _data.byteLength)),
  );
  return {
    fields: pick(buffer, STATE_FIELDS.buffer),
    ring: { maxLength: buffer.lines.maxLength, _startIndex: buffer.lines._startIndex },
    lines: {
      cells: deflateRawSync(cells, FASTEST),
      shapes: lines.map(({ length, isWrapped }) => ({ length, isWrapped })),
      clusters: lines.flatMap((line, row) => besides(line, row, line._combined, 0, IS_COMBINED)),
      styles: lines.flatMap((line, row) => besides(line, row, line._extendedAttrs, 2, HAS_EXTENDED)),
    },
  };
}

/** What is kept beside the cells of a line and still belongs to one: old entries stay there. */
function besides<T>(
  line: InternalLine,
  row: number,
  entries: Record<number, T>,
  word: number,
  bit: number,
): [number, number, T][] {
  return Object.entries(entries)
    .map(([col, entry]): [number, number, T] => [row, Number(col), entry])
    .filter(([, col]) => ((line._data[col * WORDS_PER_CELL + word] ?? 0) & bit) !== 0);
}

function restoreBuffer(buffer: InternalBuffer, { fields, ring, lines }: SavedBuffer): void {
  Object.assign(buffer, copyFields(fields));
  buffer.lines.length = 0;
  // In this order: a new maximum begins a new ring.
  buffer.lines.maxLength = ring.maxLength;
  buffer.lines._startIndex = ring._startIndex;
  const bytes = inflateRawSync(lines.cells);
  const words = new Uint32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
  let at = 0;
  for (const shape of lines.shapes) {
    const end = at + shape.length * WORDS_PER_CELL;
    const line = buffer.getBlankLine(buffer.savedCurAttrData);
    buffer.lines.push(Object.assign(line, shape, { _data: words.slice(at, end) }));
    at = end;
  }
  for (const [row, col, cluster] of lines.clusters) {
    const line = buffer.lines.get(row);
    if (line) line._combined[col] = cluster;
  }
  for (const [row, col, style] of lines.styles) {
    const line = buffer.lines.get(row);
    if (line) line._extendedAttrs[col] = style;
  }
}

function pick(part: Fields, names: readonly string[]): Fields {
  return copyFields(Object.fromEntries(names.map((name) => [name, part[name]])));
}

/** Copies fields so deep that the library, which changes some of them in place, does not reach the original. */
function copyFields(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, copyValue(value)]));
}

function copyValue(value: unknown): unknown {
  if (Array.isArray(value)) return [...value];
  if (value === null || typeof value !== "object") return value;
  if ("clone" in value && typeof value.clone === "function") return value.clone();
  return { ...value };
}

function isThere<T>(value: T | undefined): value is T {
  return value !== undefined;
}
