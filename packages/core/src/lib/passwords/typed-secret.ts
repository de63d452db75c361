const BACKSPACES = new Set(["\x08", "\x7f"]);
const KILL_LINE = "\x15";
const PASTE_BRACKETS = /\x1b\[20[01]~/g;

/** What was meant by the keys of a line: corrections carried out, without its end. */
export function typedSecret(keys: string): string {
  const kept: string[] = [];
  for (const character of keys.replace(PASTE_BRACKETS, "")) {
    if (BACKSPACES.has(character)) kept.pop();
    else if (character === KILL_LINE) kept.length = 0;
    else if (character >= " ") kept.push(character);
  }
  return kept.join("");
}
