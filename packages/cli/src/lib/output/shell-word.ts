import { escapeText } from "./escape-text.js";

/**
 * A word as typed into a shell, safe to print anywhere in a line. Characters that would act on a terminal or a build server take
 * the
 * form `$'…'` of bash, zsh and fish 4.
 */
export function shellWord(word: string): string {
  if (/^(?!::)[\w@%+=:,./-]+$/.test(word)) return word;
  if (escapeText(word) === word) return `'${word.replaceAll("'", "'\\''")}'`;
  const escaped = [...word].map((char) =>
    escapeText(char) === char && !"\\'#".includes(char) ? char : `\\U${hex(char)}`,
  );
  return `$'${escaped.join("")}'`;
}

function hex(char: string): string {
  return (char.codePointAt(0) ?? 0).toString(16).padStart(8, "0");
}
