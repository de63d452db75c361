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
 * may not show the end yet, or it begins an earlier one that the screen does not show whole.
 */
export function isTypedPrompt(label: string, recent: string): boolean {
  const word = findPromptWord(label);
  if (word === null) return false;
  const shown = label.normalize("NFC").trimEnd();
  const lines = recent.split(LINE_ENDS);
  const line = lines.pop() ?? "";
  return line.includes(shown.slice(word.start)) || lines.some((typed) => isBegun(typed, shown, word.start));
}

/** Whether a row ends with the beginning of a typed line in which something precedes the prompt's word. */
function isBegun(typed: string, shown: string, wordStart: number): boolean {
  for (let start = 0; start < wordStart; start++) {
    const isWordStart = start === 0 || shown[start - 1] === " ";
    if (isWordStart && typed.trimStart().startsWith(shown.slice(start))) return true;
  }
  return false;
}
