import type { Effect } from "./effect.js";

const END = "\x1b\\";

/** Colours by number, each with what it is to be; a question changes nothing. */
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

/** Colours by number, as they were; all of them when none is named. */
export const paletteReset =
  (command: number): Effect =>
  ({ changes }, params) => {
    const indices = params === "" ? Array.from({ length: 256 }, (_, index) => index) : params.split(";");
    for (const index of indices) changes.settle(`colour ${command} ${index}`);
  };

/** Text, background, cursor and so on: several values are for those that follow. */
export const specialColours =
  (first: number): Effect =>
  ({ changes }, params) => {
    for (const [index, colour] of params.split(";").entries()) {
      const command = first + index;
      if (colour === "?" || command > 19) continue;
      changes.change(`colour ${command}`, `\x1b]${command + 100}${END}`, `\x1b]${command};${colour}${END}`);
    }
  };

/** The pointer's shape: a name, or one that is put on a stack. */
export const pointer: Effect = ({ changes }, params, { text }) => {
  if (params.startsWith("?")) return;
  if (params === "" || params.startsWith("<")) changes.settle("pointer");
  else changes.change("pointer", `\x1b]22;${params.startsWith(">") ? "<" : ""}${END}`, text);
};
