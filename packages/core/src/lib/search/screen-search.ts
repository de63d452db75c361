import type { Cell, Emulator, Screen } from "@cassette/format";

/** A place on a screen where a pattern stands. Rows and columns are counted from 1. */
export interface ScreenMatch {
  row: number;
  column: number;
  /** What matched. */
  match: string;
  /** The whole row. */
  text: string;
}

/** Follows a screen and tells what newly appears on it. */
export interface ScreenSearch {
  /**
   * Looks at the screen as it is now.
   * @returns the matches that were not on it before: neither there, nor elsewhere from where they scrolled.
   */
  look(emulator: Pick<Emulator, "snapshot">): ScreenMatch[];
  /** Every match on the screen last looked at, new or not. */
  readonly current: readonly ScreenMatch[];
}

/** Makes a search for a pattern, which is looked for in each row by itself. */
export function createScreenSearch(pattern: RegExp): ScreenSearch {
  const everywhere = globalPattern(pattern);
  const isIn = (rows: string[]) => rows.some((row) => row.search(everywhere) !== -1);
  let before: readonly string[] = [];
  let current: ScreenMatch[] = [];
  return {
    look(emulator) {
      const { text } = emulator.snapshot();
      const previous = current;
      // Cells cost several times as much as text: they are read only where a column is to be told.
      current = isIn(text) ? matchesOn(emulator.snapshot({ cells: true }), everywhere) : [];
      const fresh = current.length === 0 ? [] : appeared(current, { previous, before, now: text });
      before = text;
      return fresh;
    },
    get current() {
      return current;
    },
  };
}

/** The same pattern, to be used again and again on one text. */
export function globalPattern({ source, flags }: RegExp): RegExp {
  return new RegExp(source, flags.replace(/[gy]/g, "").concat("g"));
}

function matchesOn({ text, cells }: Screen, everywhere: RegExp): ScreenMatch[] {
  const found: ScreenMatch[] = [];
  for (const [index, row] of text.entries()) {
    for (const { 0: match, index: at } of row.matchAll(everywhere)) {
      if (match === "") continue;
      found.push({ row: index + 1, column: columnOf(cells?.[index], row, at) + 1, match, text: row });
    }
  }
  return found;
}

/** Column of a place in a row's text: wide glyphs take two, marks none. */
function columnOf(cells: readonly Cell[] | undefined, text: string, at: number): number {
  if (cells === undefined) return at;
  const points = Array.from(text.slice(0, at), (point) => point.codePointAt(0));
  let next = 0;
  for (const [column, { Char }] of cells.entries()) {
    if (next >= points.length && Char !== 0) return column;
    // A code point that no cell begins with belongs to the cluster before it.
    while (Char !== 0 && next < points.length && points[next] !== (Char || 0x20)) next++;
    if (Char !== 0) next++;
  }
  return at;
}

interface Change {
  previous: readonly ScreenMatch[];
  before: readonly string[];
  now: readonly string[];
}

/** Leaves out matches in rows that stood on the screen before, and those whose row was changed around them. */
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
