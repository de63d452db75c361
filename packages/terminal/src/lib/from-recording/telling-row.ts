/** A screen's rows, and where the cursor was. */
export interface ShownRows {
  rows: readonly string[];
  cursorRow: number;
}

/** Shorter texts are on many screens: they are used only if no row is longer. */
const LONG_ENOUGH = 4;
const SHORTEST = 2;

/**
 * A text that identifies a screen: of the rows that changed since another screen, the last that is new and does not change
 * from run to run.
 * @param typed what was typed since; its echo identifies no screen.
 * @param normalise replaces clocks, ids and durations.
 * @returns null where there is none.
 */
export function tellingRow(
  before: ShownRows,
  now: ShownRows,
  typed: string,
  normalise: (text: string) => string,
): string | null {
  const earlier = before.rows.join("\n");
  const changed = now.rows
    .map((row, index) => ({ text: row.trim(), isChanged: row !== before.rows[index], index }))
    .filter(({ text, isChanged }) => isChanged && text.length >= SHORTEST)
    .filter(({ text }) => normalise(text) === text && !earlier.includes(text))
    .filter(({ text }) => !isEcho(text, before, typed) && !isTableOfNumbers(text) && !CLOCK.test(text));
  // The text in the cursor's row is often half typed, or a prompt that appears again.
  const elsewhere = changed.filter(({ index }) => index !== now.cursorRow);
  const candidates = [...changed, ...elsewhere].map(({ text }) => text);
  return candidates.findLast((text) => text.length >= LONG_ENOUGH) ?? candidates.at(-1) ?? null;
}

/** A time of day without seconds, as in status lines and lists of files. */
const CLOCK = /\b\d{1,2}:\d{2}\b/;

/** A row of a monitor: several numbers, which differ the next time. */
function isTableOfNumbers(text: string): boolean {
  const numbers = text.match(/\d+/g) ?? [];
  return numbers.length > 2 && numbers.join("").length > text.length / 5;
}

/** Whether a row is the text before the cursor followed by a typed line. */
function isEcho(text: string, { rows, cursorRow }: ShownRows, typed: string): boolean {
  const prompt = (rows[cursorRow] ?? "").trim();
  const lines = typed.split("\r").filter((line) => line !== "");
  return lines.some((line) => text.endsWith(line) && text.slice(0, -line.length).trim() === prompt);
}

/** Whether two screens differ only in the typed text at the cursor. */
export function isOnlyEcho(before: ShownRows, now: ShownRows, typed: string): boolean {
  const line = typed.slice(typed.lastIndexOf("\r") + 1).trim();
  return now.rows.every((row, index) => {
    const old = (before.rows[index] ?? "").trimEnd();
    if (row.trimEnd() === old) return true;
    if (index > before.cursorRow && old === "") return row.trim() === line;
    return index === before.cursorRow && row.startsWith(old) && typed.includes(row.slice(old.length).trim());
  });
}
