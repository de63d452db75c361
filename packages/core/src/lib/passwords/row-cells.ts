/** Marks take no column; they belong to the character before them. */
const MARK = /^(?:\p{M}|\p{Cf})$/u;
const WIDE =
  /^[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]$/u;
const EMOJI = /^\p{Emoji_Presentation}$/u;

/** A row of a screen as one string a column; the second column of a wide character is empty. */
export function rowCells(text: string): string[] {
  const cells: string[] = [];
  for (const character of text) {
    if (MARK.test(character) && cells.length > 0) {
      const last = cells.at(-1) === "" ? cells.length - 2 : cells.length - 1;
      cells[last] = `${cells[last] ?? ""}${character}`;
    } else {
      cells.push(character);
      if (WIDE.test(character) || EMOJI.test(character)) cells.push("");
    }
  }
  return cells;
}

/** The text of a row in a range of columns; blanks where the row ends before them. */
export function columnsOf(text: string, start: number, end: number): string {
  const cells = rowCells(text);
  while (cells.length < Math.min(end, 1_000)) cells.push(" ");
  return cells.slice(start, end).join("");
}
