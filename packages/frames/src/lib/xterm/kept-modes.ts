/** The cursor goes back over all ends of lines: `reverse-wrap.ts`. */
export const REVERSE_WRAP_ALL = "?1045";

/** Emoji of several code points take two columns: `graphemes.ts`. */
export const GRAPHEME_MODE = "?2027";

/**
 * Modes that the library does not know, nearly all because they change nothing on the screen, and what they are at first. Programs
 * that set one and ask for it get the right answer. Private ones have a question mark.
 */
export const KEPT_MODES: ReadonlyMap<string, boolean> = new Map([
  ["2", false], // The keyboard is locked.
  ["12", true], // The terminal does not echo.
  ["?4", false], // Smooth scrolling.
  ["?5", false], // The whole screen is inverse.
  ["?8", true], // Keys repeat.
  ["?12", false], // The cursor blinks.
  ["?18", false], // A printed page ends in a form feed.
  ["?19", true], // The whole screen is printed.
  ["?42", false], // Character sets are national.
  ["?67", false], // Backspace sends BS.
  [REVERSE_WRAP_ALL, false],
  [GRAPHEME_MODE, false],
]);
