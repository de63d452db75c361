import type { Effect } from "./effect.js";

const END = "\x1b\\";

/** OSC 4: sets colours by number; a query changes nothing. */
export const palette =
  (command: number): Effect =>
  ({ changes }, params) => {
    const parts = params.split(";");
    for (let at = 0; at + 1 < parts.length; at += 2) {
      const [index, colour] = parts.slice(at, at + 2);
      if (colour === "?") continue;
      const redo = `\x1b]${command};${index};${colour}${END}`;
      changes.change(`colour ${command} ${index}`, `\x1b]${command + 100};${index}${END}`, redo);
    }
  };

/** OSC 104: resets colours by number; all of them when none is named. */
export const paletteReset =
  (command: number): Effect =>
  ({ changes }, params) => {
    const indices = params === "" ? Array.from({ length: 256 }, (_, index) => index) : params.split(";");
    for (const index of indices) changes.settle(`colour ${command} ${index}`);
  };

/** OSC 10 and up: text, background, cursor and so on; further values are for the next ones. */
export const specialColours =
  (first: number): Effect =>
  ({ changes }, params) => {
    for (const [index, colour] of params.split(";").entries()) {
      const command = first + index;
      if (colour === "?" || command > 19) continue;
      changes.change(`colour ${command}`, `\x1b]${command + 100}${END}`, `\x1b]${command};${colour}${END}`);
    }
  };

/** OSC 22: the shape of the mouse pointer: a name, or a stack operation. */
export const pointer: Effect = ({ changes }, params, { text }) => {
  if (params.startsWith("?")) return;
  if (params === "" || params.startsWith("<")) changes.settle("pointer");
  else changes.change("pointer", `\x1b]22;${params.startsWith(">") ? "<" : ""}${END}`, text);
};
