import type { ScreenUnderline } from "@cassette/format";
import { HAS_EXTENDED } from "./cell-words.js";
import type { InternalExtended } from "./internals.js";
import type { Terminal } from "./library.js";

type BufferCell = ReturnType<Terminal["buffer"]["active"]["getNullCell"]>;

/** In the foreground's word: underlined, in any way. */
export const UNDERLINED = 0x1000_0000;
/** Where the words of an extended style have the kind of underline, and its colour. */
export const KIND_SHIFT = 26;
export const KIND_MASK = 0b111;
const COLOR_MODE = 0x300_0000;
const RGB_MODE = 0x300_0000;
const RGB = 0xff_ffff;
const INDEX = 0xff;
const KINDS = ["single", "single", "double", "curly", "dotted", "dashed"] as const;

/** The fields of a cell that its public interface does not give. */
interface CellFields {
  fg: number;
  bg: number;
  extended: InternalExtended;
}

function fieldsOf(cell: BufferCell): CellFields {
  return cell as unknown as CellFields;
}

/** Whether a cell is underlined. The library reports every cell of a link as underlined. */
export function isUnderlined(cell: BufferCell): boolean {
  return (fieldsOf(cell).fg & UNDERLINED) !== 0;
}

/** Kind and colour of an underline; null for none and for a plain one. */
export function underlineOf(cell: BufferCell): Pick<ScreenUnderline, "kind" | "color"> | null {
  const { bg, extended } = fieldsOf(cell);
  if (!isUnderlined(cell) || (bg & HAS_EXTENDED) === 0) return null;
  const kind = KINDS[(extended._ext >> KIND_SHIFT) & KIND_MASK] ?? "single";
  const mode = extended._ext & COLOR_MODE;
  const color =
    mode === 0 ? null : mode === RGB_MODE ? { rgb: extended._ext & RGB } : { index: extended._ext & INDEX };
  return kind === "single" && color === null ? null : { kind, color };
}

/** The number of a cell's link; 0 for none. */
export function linkOf(cell: BufferCell): number {
  const { bg, extended } = fieldsOf(cell);
  return (bg & HAS_EXTENDED) === 0 ? 0 : extended.urlId;
}
