import { CELL_COLOR, CELL_MODE, type Cell, type Screen } from "@cassette/format";

/** Text of one look: what differs from a plain cell. */
export type Piece = string | [text: string, look: Partial<Omit<Cell, "Char">>];

/** A screen of rows of pieces, as wide as the longest or as `cols`. Han, kana and emoji are wide. */
export function screenOf(rows: (string | Piece[])[], more: Partial<Screen> & { cols?: number } = {}): Screen {
  const { cols: wanted, ...rest } = more;
  const lines = rows.map((row) => cellsOf(typeof row === "string" ? [row] : row));
  const cols = wanted ?? Math.max(1, ...lines.map(({ cells }) => cells.length));
  return {
    size: { Rows: rows.length, Cols: cols },
    text: lines.map(({ text }) => text.trimEnd()),
    cells: lines.map(({ cells }) => [
      ...cells,
      ...Array.from({ length: cols - cells.length }, () => plain(0x20)),
    ]),
    cursor: { Row: 0, Col: 0, Visible: false },
    title: "",
    alternate: false,
    details: { links: [], underlines: [], cursorShape: null, colors: { palette: {} } },
    ...rest,
  };
}

/** A screen with details. */
export function withDetails(screen: Screen, details: Partial<NonNullable<Screen["details"]>>): Screen {
  const none = { links: [], underlines: [], cursorShape: null, colors: { palette: {} } };
  return { ...screen, details: { ...none, ...details } };
}

const CLUSTERS = new Intl.Segmenter("en", { granularity: "grapheme" });
const WIDE = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uff01-\uff60]|\p{Emoji_Presentation}/u;

function cellsOf(pieces: readonly Piece[]): { text: string; cells: Cell[] } {
  const cells: Cell[] = [];
  let text = "";
  for (const piece of pieces) {
    const [part, look] = typeof piece === "string" ? [piece, {}] : piece;
    text += part;
    for (const { segment } of CLUSTERS.segment(part)) cells.push(...clusterCells(segment, look));
  }
  return { text, cells };
}

function clusterCells(cluster: string, look: Partial<Omit<Cell, "Char">>): Cell[] {
  const head = { ...plain(cluster.codePointAt(0) ?? 0x20), ...look };
  if (!WIDE.test(cluster)) return [head];
  const mode = head.Mode;
  return [
    { ...head, Mode: mode | CELL_MODE.wideHead },
    { ...head, Char: 0, Mode: mode | CELL_MODE.wideTail },
  ];
}

function plain(Char: number): Cell {
  return { Char, Mode: 0, FG: CELL_COLOR.defaultForeground, BG: CELL_COLOR.defaultBackground };
}
