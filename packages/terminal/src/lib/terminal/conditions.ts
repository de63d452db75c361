import type { Screen } from "@cassette/format";
import { type Condition, notYet, type Watched } from "./condition.js";
import type { WaitScope } from "./terminal.js";

/** A text on the screen, or in one of its rows. */
export function textCondition(wanted: string | RegExp, scope: WaitScope = "screen"): Condition {
  const text = typeof wanted === "string" ? JSON.stringify(wanted) : String(wanted);
  return {
    name: scope === "line" ? `a line with ${text}` : text,
    look: async (watched) => ((await isShown(wanted, scope, watched)) ? "met" : notYet(watched)),
  };
}

/** A screen that has not changed for a while, and a program to which nothing was done. */
export function settledCondition(settledMs: number): Condition {
  return {
    name: `a rest of ${settledMs} ms`,
    look: ({ quietMs, isOver }) =>
      isOver || quietMs >= settledMs ? "met" : { afterMs: settledMs - quietMs },
  };
}

/** The end of the program. */
export const EXIT_CONDITION: Condition = {
  name: "the end of the program",
  look: (watched) => (watched.isOver ? "met" : notYet(watched)),
};

async function isShown(wanted: string | RegExp, scope: WaitScope, watched: Watched): Promise<boolean> {
  const rows = rowsToCursor(await watched.screen());
  const texts = scope === "line" ? rows : [rows.join("\n")];
  if (typeof wanted === "string") return texts.some((text) => text.includes(wanted));
  return watched.matches(wanted, texts);
}

/** Rows are trimmed; up to the cursor their blanks count. */
function rowsToCursor({ text, cursor }: Screen): string[] {
  return text.map((row, index) => (index === cursor.Row ? row.padEnd(cursor.Col) : row));
}
