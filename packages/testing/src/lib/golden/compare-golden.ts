import { columnsOfText, cutToColumns } from "@cassette/format/width";

const WIDTH = 38;

/** The differences between two golden texts, for people: a summary, then both side by side. */
export function compareGolden(expected: string, actual: string): string {
  const [wanted, shown] = [read(expected), read(actual)];
  return [
    ...describeFacts(wanted.facts, shown.facts),
    ...describeRows(wanted.rows, shown.rows),
    ...describeStyles(wanted.styles, shown.styles),
    "",
    ...sideBySide(wanted.rows, shown.rows),
  ].join("\n");
}

interface Golden {
  /** Size, cursor, title. */
  facts: string[];
  rows: string[];
  styles: string[];
}

function read(text: string): Golden {
  const lines = text.replace(/\n$/, "").split("\n");
  const isEdge = (line: string) => /^─+$/.test(line);
  const start = lines.findIndex(isEdge);
  const end = lines.findLastIndex(isEdge);
  return { facts: lines.slice(0, start), rows: lines.slice(start + 1, end), styles: lines.slice(end + 1) };
}

/** Each fact occurs at most once; its first word identifies it. */
function describeFacts(wanted: string[], shown: string[]): string[] {
  const kindOf = (fact: string) => /^[a-z]+:/.exec(fact)?.[0] ?? "size";
  const kinds = new Set([...wanted, ...shown].map(kindOf));
  return [...kinds].flatMap((kind) => {
    const [was, is] = [wanted, shown].map((facts) => facts.find((fact) => kindOf(fact) === kind));
    return was === is ? [] : [`  ${was ?? `no ${kind.slice(0, -1)}`}  →  ${is ?? `no ${kind.slice(0, -1)}`}`];
  });
}

function describeRows(wanted: string[], shown: string[]): string[] {
  const rows = differing(wanted, shown);
  if (rows.length === 0) return [];
  const listed = rows.slice(0, 12).map((row) => row + 1);
  return [`  ${rows.length === 1 ? "row" : "rows"} ${listed.join(", ")}${rows.length > 12 ? ", …" : ""}`];
}

function describeStyles(wanted: string[], shown: string[]): string[] {
  const gone = wanted.filter((line) => !shown.includes(line)).map((line) => `  - ${line}`);
  const added = shown.filter((line) => !wanted.includes(line)).map((line) => `  + ${line}`);
  return [...gone, ...added];
}

function differing(wanted: string[], shown: string[]): number[] {
  const length = Math.max(wanted.length, shown.length);
  return Array.from({ length }, (_, row) => row).filter(
    (row) => content(wanted[row]) !== content(shown[row]),
  );
}

/** A row without its gutter. */
function content(row = ""): string {
  return row.slice(2);
}

function sideBySide(wanted: string[], shown: string[]): string[] {
  const changed = new Set(differing(wanted, shown));
  const widest = Math.max(...[...wanted, ...shown].map((row) => columnsOfText(row)), "expected".length);
  const width = Math.min(widest, WIDTH);
  const length = Math.max(wanted.length, shown.length);
  const head = `    ${"expected".padEnd(width)}   shown`;
  const lines = Array.from({ length }, (_, row) => {
    const mark = changed.has(row) ? "≠" : " ";
    return `  ${mark} ${padded(cut(wanted[row] ?? "", width), width)} ${mark} ${shown[row] ?? ""}`.trimEnd();
  });
  // If rows are too wide to fit side by side, the right one is whole, and rows that differ are repeated.
  const long = [...changed].filter((row) => columnsOfText(wanted[row] ?? "") > width);
  const whole = long.flatMap((row) => [
    `  row ${row + 1}`,
    `    - ${content(wanted[row])}`,
    `    + ${content(shown[row])}`,
  ]);
  return [head, ...lines, ...whole];
}

function cut(row: string, width: number): string {
  return columnsOfText(row) > width ? `${cutToColumns(row, width - 1)}…` : row;
}

function padded(row: string, width: number): string {
  return row + " ".repeat(Math.max(0, width - columnsOfText(row)));
}
