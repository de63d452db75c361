import { closestRow } from "@cassette/terminal/script";
import type { FrameWithoutCells } from "../evidence/evidence.js";
import { quote } from "./mismatch.js";

/** The row of a frame that comes closest to a text. */
export interface ClosestFrame {
  frame: FrameWithoutCells;
  /** From 0. */
  row: number;
}

/** Rows that are compared: a difference is looked for in as many at most. */
const MOST_ROWS = 5_000;

/** The last frame with the row that comes closest to a text; null if none is like it. */
export function closestFrame(
  text: string | undefined,
  frames: readonly FrameWithoutCells[],
): ClosestFrame | null {
  const places = new Map<string, ClosestFrame>();
  for (const frame of frames)
    for (const [row, content] of frame.text.entries())
      if (content !== "") places.set(content, { frame, row });
  const rows = [...places.keys()].slice(-MOST_ROWS);
  const closest = text === undefined ? null : closestRow(text, rows);
  return closest === null ? null : (places.get(rows[closest] ?? "") ?? null);
}

/** Says which row is closest, and what is in it. */
export function describeClosest({ frame, row }: ClosestFrame): string {
  return `the closest is row ${row + 1} of frame ${frame.seq} at ${frame.t_ms} ms, ${quote(frame.text[row]?.trim() ?? "")}`;
}
