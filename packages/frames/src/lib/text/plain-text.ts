import type { FrameRecord, Screen } from "@cassette/format";

/** A frame or a screen: what text can be made of. */
export type DrawableScreen = Pick<FrameRecord | Screen, "size" | "text" | "cells" | "cursor">;

/**
 * The rows joined by newlines, without the empty ones at the end. What the program wrote stands in it unchanged: escape it
 * before a person's terminal or a log gets it, where it comes from a stranger.
 */
export function plainText({ text }: Pick<DrawableScreen, "text">): string {
  const lastRow = text.findLastIndex((row) => row !== "");
  return text.slice(0, lastRow + 1).join("\n");
}
