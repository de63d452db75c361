import type { PrintedLine } from "@cassette/core/reader";
import type { AddRow } from "./rows.js";

/** Where a text was seen. */
type Place = "screen" | "output" | "input" | "event";

/** More distinct texts than this are forgotten, and some are then stored twice: memory stays flat. */
const MOST_CHARS = 2 ** 22;
/** A text takes about as much memory as so many characters, however short it is. */
const TEXT_CHARS = 64;

/** Stores every distinct text of a recording once for each place. */
export interface SeenTexts {
  add(place: Place, line: PrintedLine): void;
}

/** Makes a store of the texts of one recording. */
export function createSeenTexts(recording: string, addRow: AddRow): SeenTexts {
  const seen: Record<Place, Set<string>> = {
    screen: new Set(),
    output: new Set(),
    input: new Set(),
    event: new Set(),
  };
  let chars = 0;
  return {
    add(place, { text, seq, t_ms }) {
      if (text === "" || seen[place].has(text)) return;
      const cost = text.length + TEXT_CHARS;
      chars += cost;
      if (chars > MOST_CHARS) {
        for (const texts of Object.values(seen)) texts.clear();
        chars = cost;
      }
      seen[place].add(text);
      addRow("texts", { recording, place, seq, t_ms, text });
    },
  };
}
