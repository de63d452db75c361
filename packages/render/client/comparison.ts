import { PLAIN } from "../src/lib/grid/style.js";
import { clock, element } from "./elements.js";
import { Recording, type ShownScreen } from "./recording.js";
import { ScreenView, type StyleSheets } from "./screen-view.js";

/** One side of a comparison. */
export interface Side {
  label: string;
  recording: Recording;
  screen: ShownScreen;
}

/** Two screens side by side. Their differences are pointed out. */
export class Comparison {
  readonly element = element("div", { class: "pair", role: "group", "aria-label": "Comparison" });
  readonly #views: readonly ScreenView[];

  /** @param differing rows, from 0; those whose text is another unless given. */
  constructor(sides: readonly [Side, Side], sheets: StyleSheets, differing?: readonly number[]) {
    const rows = new Set(differing ?? differingRows(...sides));
    this.#views = sides.map(({ label, recording, screen }) => {
      const view = new ScreenView(recording, sheets);
      view.show(screen, rows);
      const caption = element("figcaption", {}, label, " ", element("time", {}, clock(screen.t)));
      this.element.append(element("figure", {}, caption, view.element));
      return view;
    });
  }

  fit(width: number, height: number): void {
    const isBeside = width > 700;
    for (const view of this.#views)
      view.fit(isBeside ? width / 2 - 20 : width, isBeside ? height - 40 : height / 2 - 40);
  }
}

function differingRows(a: Side, b: Side): number[] {
  const count = Math.max(a.screen.rows.length, b.screen.rows.length);
  const text = ({ recording, screen }: Side, at: number) => recording.textOf(screen.rows[at] ?? -1);
  return Array.from({ length: count }, (_, at) => at).filter((at) => text(a, at) !== text(b, at));
}

/** A side of plain text. */
export function sideOfText(label: string, lines: readonly string[], like: Side): Side {
  const recording = new Recording(like.recording.header);
  recording.styles.push(PLAIN);
  const rows = like.screen.rows.map((_, at) => {
    const text = lines[at] ?? "";
    if (text === "") return -1;
    return recording.rows.push([[0, text]]) - 1;
  });
  return { label, recording, screen: { ...like.screen, rows, cursor: null } };
}
