/**
 * Modes that change nothing on the screen, so that the library does not know them, and their initial values. Programs
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
  ["?67", false], // Backspace sends BS.
]);
