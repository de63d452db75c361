import { styleText } from "node:util";

/** The styles in use; only a few, so that each has a meaning. */
export type Colour = "bold" | "red";

/** Colours text unconditionally. */
export function styled(style: Colour, text: string): string {
  return styleText(style, text, { validateStream: false });
}

/** Colours text on a terminal that can show colours, unless NO_COLOR is set. */
export function colour(
  stream: { hasColors?: NodeJS.WriteStream["hasColors"] },
  style: Colour,
  text: string,
): string {
  return stream.hasColors?.() ? styled(style, text) : text;
}
