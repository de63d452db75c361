import { styleText } from "node:util";

/** The styles in use: few, so that they mean something. */
export type Colour = "bold" | "red";

/** Colours text unconditionally. */
export function styled(style: Colour, text: string): string {
  return styleText(style, text, { validateStream: false });
}

/** Colours text where it is seen: on a terminal that can, unless NO_COLOR is set. */
export function colour(
  stream: { hasColors?: NodeJS.WriteStream["hasColors"] },
  style: Colour,
  text: string,
): string {
  return stream.hasColors?.() ? styled(style, text) : text;
}
