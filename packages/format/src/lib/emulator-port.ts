import type { EmulatorIdentity } from "./manifest.js";
import type { TerminalSize } from "./pty-port.js";
import type { Cell, Cursor, Size } from "./records.js";

/** A rendered screen, with the field names of a frame on the wire. */
export interface Screen {
  size: Size;
  /** One string for each row, whole grapheme clusters, trailing U+0020 trimmed. */
  text: string[];
  /** Present on request. A row may be part of other screens too: do not change it. */
  cells?: Cell[][];
  cursor: Cursor;
  title: string;
  /** Whether the alternate screen is shown. */
  alternate: boolean;
  /** Present on request. */
  details?: ScreenDetails;
}

/** Details of a screen that a frame does not contain: for pictures, pages and assertions. */
export interface ScreenDetails {
  /** Hyperlinks by row, then column. */
  links: ScreenLink[];
  /** Underlines that are more than a plain line in the colour of the text, by row, then column. */
  underlines: ScreenUnderline[];
  /** Null until the program chooses one. */
  cursorShape: CursorShape | null;
  /** `r<<16 | g<<8 | b` of colours that the program set: of the palette by index, and the default ones. */
  colors: {
    palette: Record<number, number>;
    foreground?: number;
    background?: number;
    cursor?: number;
  };
}

/** Cells in one row, from the first to before `end`. */
export interface ScreenSpan {
  row: number;
  start: number;
  end: number;
}

/** A hyperlink (OSC 8). A link over several rows has a span in each. Written by the program: escape it. */
export interface ScreenLink extends ScreenSpan {
  uri: string;
}

/** An underline of one kind and colour. */
export interface ScreenUnderline extends ScreenSpan {
  kind: "single" | "double" | "curly" | "dotted" | "dashed";
  /** `r<<16 | g<<8 | b`, or an index of the palette; null for the colour of the text. */
  color: { rgb: number } | { index: number } | null;
}

/** The cursor shape set with DECSCUSR. */
export interface CursorShape {
  shape: "block" | "underline" | "bar";
  blinks: boolean;
}

/** What to include in a screen besides its text. */
export interface SnapshotOptions {
  cells?: boolean;
  details?: boolean;
}

/** Port: turns bytes into a screen. Any splitting of the same bytes gives the same screens. */
export interface Emulator {
  /** Name and version as in a manifest; the version includes the width tables. */
  readonly identity: EmulatorIdentity;
  /** Feeds output; resolves when the screen shows it. */
  feed(bytes: Uint8Array): Promise<void>;
  resize(size: TerminalSize): void;
  /** An emulator without details leaves them out. */
  snapshot(options?: SnapshotOptions): Screen;
  /** Bytes of an unfinished escape sequence or character at the end of what was fed. */
  readonly pendingBytes: number;
  /** Replies to the program's queries since the last call, in order. */
  takeReplies(): Uint8Array[];
  /** Whether synchronised output (mode 2026) is active: the screen is half drawn. */
  readonly synchronized: boolean;
  /**
   * Captures everything on which later screens depend, in memory. Absent if an emulator cannot do so; null if it cannot
   * just now.
   */
  checkpoint?(): EmulatorCheckpoint | null;
  /**
   * Output that gives a new emulator of the same size the state of this one, history and modes included. Null if no output
   * can, or inside a sequence. Absent if an emulator cannot write its state.
   */
  asOutput?(): Promise<Uint8Array | null>;
  /** Drops the lines above the screen, because no resize follows. Absent if an emulator keeps none. */
  dropScrollback?(): void;
  close(): void;
}

/** The state of an emulator at one moment. */
export interface EmulatorCheckpoint {
  /** Bytes of memory it takes, approximately. */
  readonly bytes: number;
  /** Makes another emulator that continues from that moment. May be called any number of times. */
  restore(): Emulator;
}

/**
 * Makes an emulator with a screen of this size. @param like the emulator that a recording's manifest names: where characters may
 * take different
 * numbers of columns, they take as many as there.
 */
export type EmulatorFactory = (size: TerminalSize, like?: EmulatorIdentity) => Emulator;

/** Port: finds which byte of the output painted each cell of the screen. Fed like an {@link Emulator}. */
export interface CellProvenance {
  /** Feeds output; resolves when {@link offsets} includes it. */
  feed(bytes: Uint8Array): Promise<void>;
  resize(size: TerminalSize): void;
  /**
   * For each row and column the offset, in all that was fed, of the first byte of its character; null
   * if none was written or it has been erased.
   */
  offsets(): (number | null)[][];
  close(): void;
}

/** Makes a provenance with a screen of this size. @param like as for an {@link EmulatorFactory}. */
export type CellProvenanceFactory = (size: TerminalSize, like?: EmulatorIdentity) => CellProvenance;
