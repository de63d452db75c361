import type { ResultValue } from "@cassette/corpus";
import { columnsOfText, cutToColumns } from "@cassette/format/width";
import { escapeJson, escapeText } from "../../output/escape-text.js";

/** How rows are printed. */
export type RowFormat = "table" | "csv" | "json";

/** Turns rows into text. Recorded text is escaped. */
export interface RowPrinter {
  print(rows: readonly ResultValue[][]): string;
  /** What comes after the last row. */
  finish(): string;
}

/** A wider value is cut in a table. */
const WIDEST = 80;

/** Makes a printer of rows with these columns. */
export function createRowPrinter(format: RowFormat, columns: readonly string[]): RowPrinter {
  if (format === "json") return jsonPrinter(columns);
  return format === "csv" ? csvPrinter(columns) : tablePrinter(columns);
}

function jsonPrinter(columns: readonly string[]): RowPrinter {
  const line = (row: readonly ResultValue[]) =>
    `${escapeJson(JSON.stringify(Object.fromEntries(columns.map((column, index) => [column, row[index] ?? null]))))}\n`;
  return { print: (rows) => rows.map(line).join(""), finish: () => "" };
}

function csvPrinter(columns: readonly string[]): RowPrinter {
  const line = (cells: readonly ResultValue[]) =>
    `${cells.map((cell) => csvField(plainText(cell))).join(",")}\r\n`;
  let head = line([...columns]);
  const take = () => {
    const text = head;
    head = "";
    return text;
  };
  return { print: (rows) => take() + rows.map(line).join(""), finish: take };
}

/** Quotes as RFC 4180 does. Lines of a value stay lines; other control characters are escaped. */
function csvField(text: string): string {
  const safe = text.split("\n").map(escapeText).join("\n");
  return /[",\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Columns are as wide as the first batch needs. */
function tablePrinter(columns: readonly string[]): RowPrinter {
  let widths: number[] | null = null;
  const start = (rows: readonly string[][]) => {
    const head = columns.map(cut);
    widths = head.map((_, index) =>
      Math.max(...[head, ...rows].map((row) => columnsOfText(row[index] ?? ""))),
    );
    return `${tableLine(head, widths)}${tableLine(
      widths.map((width) => "-".repeat(width)),
      widths,
    )}`;
  };
  return {
    print(rows) {
      const cells = rows.map((row) => row.map((value) => cut(plainText(value))));
      const head = widths === null ? start(cells) : "";
      return head + cells.map((row) => tableLine(row, widths ?? [])).join("");
    },
    finish: () => (widths === null ? start([]) : ""),
  };
}

function tableLine(cells: readonly string[], widths: readonly number[]): string {
  const padded = cells.map(
    (cell, index) => cell + " ".repeat(Math.max(0, (widths[index] ?? 0) - columnsOfText(cell))),
  );
  return `${padded.join("  ").trimEnd()}\n`;
}

function cut(text: string): string {
  const safe = escapeText(text);
  return columnsOfText(safe) <= WIDEST ? safe : `${cutToColumns(safe, WIDEST - 1)}…`;
}

function plainText(value: ResultValue): string {
  if (value === null) return "";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
