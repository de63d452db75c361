import type { FrameRecord, Screen } from "@cassette/format";

/** A frame or a screen: what text can be made of. */
export type DrawableScreen = Pick<FrameRecord | Screen, "size" | "text" | "cells" | "cursor">;

/**
 * The rows joined by newlines, without the empty ones at the end. It contains what the program wrote, unchanged: escape it
 * before writing it to a terminal or a log, if the recording is not your own.
 */
export function plainText({ text }: Pick<DrawableScreen, "text">): string {
  const lastRow = text.findLastIndex((row) => row !== "");
  return text.slice(0, lastRow + 1).join("\n");
}
