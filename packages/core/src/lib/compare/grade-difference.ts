import type { RecordingDifference } from "./compare-recordings.js";

/** How much a difference matters, from least to most. */
export const GRADES = ["info", "warning", "error"] as const;

/** A grade of {@link GRADES}. */
export type Grade = (typeof GRADES)[number];

/**
 * Grades a difference: "error" if the program ended in another way; "warning" if a key or the layout changed (size, cursor, rows that are new
 * or gone), or the program or its terminal; "info" if only text, styles or the title did.
 */
export function gradeDifference(difference: RecordingDifference): Grade {
  if (difference.kind === "exit") return "error";
  if (difference.kind === "input") return "warning";
  if (difference.kind === "manifest")
    return difference.field === "harness.binary_version" ? "info" : "warning";
  const { size, cursor, rows } = difference.screen;
  const isNewOrGone = rows.some(
    ({ part, a, b }) => part === "text" && (a.trim() === "") !== (b.trim() === ""),
  );
  return size || rowOf(cursor?.a) !== rowOf(cursor?.b) || isNewOrGone ? "warning" : "info";
}

/** Of "row 3, column 5": the column goes with the text. */
function rowOf(cursor: string | undefined): string | undefined {
  return cursor?.split(",")[0];
}
