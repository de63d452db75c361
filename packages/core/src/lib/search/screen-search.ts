import { CELL_MODE, type Cell, type Emulator, type Screen } from "@cassette/format";

/** A row of a screen that matches a pattern, and the column of its first match. Rows and columns are counted from 1. */
export interface ScreenMatch {
  row: number;
  column: number;
  /** What matched. */
  match: string;
  /** The whole row. */
  text: string;
}

/** Follows a screen and reports new matches. */
export interface ScreenSearch {
  /**
   * Searches the current screen.
   * @returns the matches that were not on the previous screen, neither in place nor scrolled.
   */
  look(emulator: Pick<Emulator, "snapshot">): ScreenMatch[];
  /** Every match on the last screen, new or not. */
  readonly current: readonly ScreenMatch[];
}

/** Makes a search for a pattern, which is matched against each row separately. */
export function createScreenSearch(pattern: RegExp): ScreenSearch {
  const first = firstMatch(pattern);
  const isIn = (rows: string[]) => rows.some((row) => first(row) !== null);
  let before: readonly string[] = [];
  let current: ScreenMatch[] = [];
  return {
    look(emulator) {
      const { text } = emulator.snapshot();
      const previous = current;
      // Cells cost several times as much as text: they are read only where a column is needed.
      current = isIn(text) ? matchesOn(emulator.snapshot({ cells: true }), first) : [];
      const fresh = current.length === 0 ? [] : appeared(current, { previous, before, now: text });
      before = text;
      return fresh;
    },
    get current() {
      return current;
    },
  };
}

/** Finds the first match of a pattern in a text; an empty match does not count. */
export function firstMatch({
  source,
  flags,
}: RegExp): (text: string) => { at: number; match: string } | null {
  // A pattern with `lastIndex` would start there in the next text.
  const pattern = new RegExp(source, flags.replace(/[gy]/g, ""));
  return (text) => {
    const found = pattern.exec(text);
    return found && found[0] !== "" ? { at: found.index, match: found[0] } : null;
  };
}

function matchesOn({ text, cells }: Screen, first: ReturnType<typeof firstMatch>): ScreenMatch[] {
  return text.flatMap((row, index) => {
    const found = first(row);
    if (found === null) return [];
    const column = columnOf(cells?.[index], row, found.at) + 1;
    return [{ row: index + 1, column, match: found.match, text: row }];
  });
}

const SPACE = 0x20;

/** Column of an index in a row's text: wide glyphs take two, combining marks none. */
function columnOf(cells: readonly Cell[] | undefined, text: string, at: number): number {
  if (cells === undefined) return at;
  const points = Array.from(text.slice(0, at), (point) => point.codePointAt(0));
  let next = 0;
  for (const [column, { Char, Mode }] of cells.entries()) {
    if (Mode & CELL_MODE.wideTail) continue;
    // A code point that does not begin a cell belongs to the cluster before it.
    while (next < points.length && points[next] !== (Char || SPACE)) next++;
    if (next >= points.length) return column;
    next++;
  }
  return at;
}

interface Change {
  previous: readonly ScreenMatch[];
  before: readonly string[];
  now: readonly string[];
}

/** Omits matches in rows of the previous screen, and those whose row changed only around them. */
function appeared(matches: readonly ScreenMatch[], { previous, before, now }: Change): ScreenMatch[] {
  const known = new Map<string, number>();
  for (const { text } of previous) known.set(text, (known.get(text) ?? 0) + 1);
  const rows = new Set(now);
  return matches.filter((match) => {
    const left = known.get(match.text) ?? 0;
    if (left > 0) {
      known.set(match.text, left - 1);
      return false;
    }
    const old = before[match.row - 1] ?? "";
    return rows.has(old) || !previous.some((other) => isSamePlace(other, match));
  });
}

function isSamePlace(a: ScreenMatch, b: ScreenMatch): boolean {
  return a.row === b.row && a.column === b.column && a.match === b.match;
}
