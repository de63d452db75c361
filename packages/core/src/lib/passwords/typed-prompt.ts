import { findPromptWord } from "./prompt-words.js";

const MOST_KEYS = 240;
const LINE_ENDS = /[\r\n\x03\x04]/;
const BACKSPACES = /[^\x08\x7f][\x08\x7f]/g;

/** Adds keys to those that were typed before, with corrections of single characters carried out. */
export function addRecentKeys(recent: string, keys: string): string {
  return `${recent}${keys}`.replace(BACKSPACES, "").slice(-MOST_KEYS);
}

/**
 * Whether the user has typed what looks like a prompt, as in a search for `/key:`: it is in the line that is being typed, of which the screen
 * may not show the end yet.
 */
export function isTypedPrompt(label: string, recent: string): boolean {
  const word = findPromptWord(label);
  if (word === null) return false;
  const line = recent.split(LINE_ENDS).at(-1) ?? "";
  return line.includes(label.normalize("NFC").slice(word.start).trimEnd());
}
