import { CELL_COLOR, type Cell } from "@cassette/format";
import { colorName, hasLook, isInStyle, TEXT_STYLES } from "@cassette/terminal/masks";
import { describeMoment } from "../evidence/moment.js";
import type { TextStyle } from "./cassette-assertion.js";
import { type Check, quote } from "./mismatch.js";
import { momentOf, screenOf } from "./screen-checks.js";
import { findText } from "./text-cells.js";

export const textStyle: Check<TextStyle> = async (assertion, evidence) => {
  const at = await screenOf(assertion, evidence);
  if ("expected" in at) return at;
  const expected = `${describeMoment(momentOf(assertion))} ${quote(assertion.text)} is shown ${describeWanted(assertion)}`;
  const places = findText(at.screen.cells ?? [], assertion.text);
  if (places.some(({ cells }) => cells.every((cell) => isInStyle(cell, assertion)))) return null;
  const [place] = places;
  if (!place) return { expected, found: "no row of the screen contains it", t_ms: at.t_ms };
  const seen = [...new Set(place.cells.map(describeStyle))].join(" and ");
  return { expected, found: `in row ${place.row + 1}, column ${place.col + 1} it is ${seen}`, t_ms: at.t_ms };
};

function describeWanted({ fg, bg, ...wanted }: TextStyle): string {
  const looks = TEXT_STYLES.filter((look) => wanted[look] !== undefined).map((look) =>
    wanted[look] ? look : `not ${look}`,
  );
  return [
    ...looks,
    ...(fg === undefined ? [] : [`in ${fg}`]),
    ...(bg === undefined ? [] : [`on ${bg}`]),
  ].join(", ");
}

/** A cell's style in words: "bold, red on default". */
export function describeStyle(cell: Cell): string {
  const looks = TEXT_STYLES.filter((look) => hasLook(cell, look));
  const isPlain = cell.FG === CELL_COLOR.defaultForeground && cell.BG === CELL_COLOR.defaultBackground;
  if (isPlain) return looks.join(" ") || "plain";
  const foreground = colorName(cell, "FG");
  const background = cell.BG === CELL_COLOR.defaultBackground ? "" : ` on ${colorName(cell, "BG")}`;
  return [...looks, `${foreground}${background}`].join(" ");
}
