import { escapeLine } from "@cassette/format";

export { escapeJson, escapeLine, escapeText, stripAllButSgr } from "@cassette/format";

/** Rows of a screen as safe text; empty rows at the end are left out. */
export function screenText(rows: readonly string[]): string {
  return rows.map(escapeLine).join("\n").trimEnd();
}
