import type { Terminal } from "./library.js";

/**
 * The private parts of @xterm/headless 6.0.0 that a later screen depends on and that its public interface neither gives
 * nor takes. The version is pinned exactly; {@link internalsOf} detects another layout.
 */
export interface Internals {
  _inputHandler: Fields & {
    _parser: Fields;
    _curAttrData: InternalStyle;
    /** Text without controls, as code points. */
    print(data: Uint32Array, start: number, end: number): void;
    /** DECALN. */
    screenAlignmentPattern(): void;
    /** DECRC. */
    restoreCursor(): void;
    /** What erasing leaves in a cell. */
    _eraseAttrData(): InternalStyle;
    /** ED and EL, and DECSED and DECSEL, which respect protection. */
    eraseInDisplay(params: InternalParameters, respectProtect: boolean): boolean;
    eraseInLine(params: InternalParameters, respectProtect: boolean): boolean;
    /** ECH. */
    eraseChars(params: InternalParameters): boolean;
    /** CUB. */
    cursorBackward(params: InternalParameters): boolean;
    backspace(): boolean;
    /** DECIC and DECDC. */
    insertColumns(params: InternalParameters): boolean;
    deleteColumns(params: InternalParameters): boolean;
  };
  _bufferService: {
    rows: number;
    cols: number;
    buffers: {
      _normal: InternalBuffer;
      _alt: InternalBuffer;
      active: InternalBuffer;
      activateAltBuffer(style?: InternalStyle): void;
      activateNormalBuffer(): void;
    };
    /** Unlike the public one it takes a single column. */
    resize(cols: number, rows: number): void;
  };
  _charsetService: Fields & { _charsets: (Record<string, string> | undefined)[] };
  coreService: Fields;
  coreMouseService: Fields;
}

/** Fields of the library's own objects, by name. */
export type Fields = Record<string, unknown>;

/** Parameters of a control sequence, as the library's own handlers take them. */
interface InternalParameters {
  params: ArrayLike<number>;
  length: number;
}

/** What text is written in. */
export interface InternalStyle
  extends Record<
    | "isBold"
    | "isDim"
    | "isItalic"
    | "isBlink"
    | "isInverse"
    | "isInvisible"
    | "isStrikethrough"
    | "isOverline"
    | "getFgColor"
    | "getBgColor",
    () => number
  > {
  fg: number;
  bg: number;
  extended: InternalExtended;
  /** After a change to `extended`. */
  updateExtended(): void;
  clone(): InternalStyle;
  isFgDefault(): boolean;
  isBgDefault(): boolean;
  isFgRGB(): boolean;
  isBgRGB(): boolean;
}

/** Styles that do not fit into a cell's words, and its link. Shared by many cells: replaced, never changed. */
export interface InternalExtended {
  /** While a link is open, the library underlines to draw the link; this is the underline that the program set. */
  _ext: number;
  urlId: number;
  clone(): InternalExtended;
}

export interface InternalBuffer extends Fields {
  lines: InternalLines;
  /** The cursor. `x` is one beyond the last column while it waits to wrap; `y` counts from the first row of the screen. */
  x: number;
  y: number;
  /** Lines above the screen. */
  ybase: number;
  /** The margins. */
  scrollTop: number;
  scrollBottom: number;
  getBlankLine(attributes: unknown): InternalLine;
  /** An empty cell of a style. There is one only: what is changed in it is to be put back. */
  getNullCell(style: InternalStyle): InternalCell;
}

/** A cell apart from its line. */
export interface InternalCell {
  /** The first word: what is shown, and its columns. */
  content: number;
}

/** All lines of a buffer, of which the screen is the last; after some resizes there are more than the screen has rows. */
export interface InternalLines {
  length: number;
  maxLength: number;
  /** Where in its ring the first line lies. It should not matter, but does when lines are wrapped again. */
  _startIndex: number;
  get(row: number): InternalLine | undefined;
  push(line: InternalLine): void;
  trimStart(count: number): void;
}

export interface InternalLine {
  length: number;
  isWrapped: boolean;
  /** Three words a column: content, foreground, background. */
  _data: Uint32Array;
  /** Clusters of several code points, by column. */
  _combined: Record<number, string>;
  /** Styles that do not fit into the words, by column. Never changed, only replaced. */
  _extendedAttrs: Record<number, InternalExtended>;
  /** Fills cells, and the other halves of wide characters that they cut. */
  replaceCells(start: number, end: number, cell: InternalCell, respectProtect?: boolean): void;
}

/** Names of the fields that make up the state, by where they are. */
export const STATE_FIELDS = {
  inputHandler: ["_curAttrData", "_windowTitle", "_iconName", "_windowTitleStack", "_iconNameStack"],
  parser: ["precedingJoinState"],
  charsets: ["charset", "glevel", "_charsets"],
  core: ["modes", "decPrivateModes", "isCursorHidden", "isCursorInitialized"],
  mouse: ["activeProtocol", "activeEncoding"],
  buffer: [
    "x",
    "y",
    "ybase",
    "ydisp",
    "scrollTop",
    "scrollBottom",
    "savedX",
    "savedY",
    "savedCurAttrData",
    "savedCharset",
    "tabs",
  ],
} as const;

/** Created when a character set is first chosen. */
const ABSENT_AT_FIRST = "charset";

/** The private parts of a terminal; null when they are not what is expected. */
export function internalsOf(terminal: Terminal): Internals | null {
  const core = (terminal as unknown as { _core?: Partial<Internals> })._core;
  const parts: [object | undefined, readonly string[]][] = [
    [core?._inputHandler, STATE_FIELDS.inputHandler],
    [core?._inputHandler?._parser, STATE_FIELDS.parser],
    [core?._charsetService, STATE_FIELDS.charsets],
    [core?.coreService, STATE_FIELDS.core],
    [core?.coreMouseService, STATE_FIELDS.mouse],
    [core?._bufferService?.buffers?._normal, STATE_FIELDS.buffer],
    [core?._bufferService?.buffers?._alt, STATE_FIELDS.buffer],
    [
      core?._bufferService?.buffers?._normal?.lines.get(0),
      ["length", "isWrapped", "_data", "_combined", "_extendedAttrs"],
    ],
  ];
  const isComplete = parts.every(
    ([part, names]) => part !== undefined && names.every((name) => name in part || name === ABSENT_AT_FIRST),
  );
  return isComplete ? (core as Internals) : null;
}
