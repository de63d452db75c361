// What is typed in canonical mode is echoed by the kernel: it is on the screen, but the program has not shown it, and no wait for the
// program's answer may take it for that. The echo is found by the text before it and the typed text itself.

/** A line that was typed and is echoed. */
interface EchoedLine {
  /** The text before the cursor in its row. */
  before: string;
  typed: string;
  /** More of it may be typed. */
  isOpen: boolean;
  /** It was on the screen; once it is gone it does not come back. */
  wasSeen: boolean;
}

/** The lines that the kernel has echoed, oldest first. */
export type Echoes = EchoedLine[];

const LINE_END = /[\r\n]/;
/** No text contains it. */
const HIDDEN = "\uffff";

/** A text as the kernel echoes it: control characters as `^C`, line ends and tabs as they are. */
export function echoOf(text: string): string {
  return text.replace(
    /[\x00-\x08\x0b\x0c\x0e-\x1f]/g,
    (sign) => `^${String.fromCharCode(sign.charCodeAt(0) + 0x40)}`,
  );
}

/** Notes a text that the kernel echoes. @param before what is in front of the cursor in its row. */
export function noteEcho(echoes: Echoes, text: string, before: string): void {
  let start = before;
  for (const [index, typed] of echoOf(text).split(LINE_END).entries()) {
    const last = echoes.at(-1);
    // The next line begins where the program, or the kernel, continues: at a new row.
    if (index > 0) start = "";
    if (index > 0 && last) last.isOpen = false;
    if (typed === "") continue;
    const open = echoes.at(-1);
    if (open?.isOpen) open.typed += typed;
    else echoes.push({ before: start, typed, isOpen: true, wasSeen: false });
  }
}

/** The rows of a screen with the echoed texts hidden, each once. Forgets echoes that have left the screen. */
export function hideEchoes(rows: readonly string[], cols: number, echoes: Echoes): string[] {
  const shown = [...rows];
  let from = 0;
  for (const echo of [...echoes]) {
    const at = findEcho(shown, cols, echo, from);
    if (at === null && echo.wasSeen) echoes.splice(echoes.indexOf(echo), 1);
    if (at === null) continue;
    echo.wasSeen = true;
    const hidden = piecesOf(echo.before + HIDDEN.repeat(echo.typed.length), cols);
    for (const [index, piece] of hidden.entries()) {
      shown[at + index] = piece + (shown[at + index] ?? "").slice(piece.length);
    }
    from = at + hidden.length;
  }
  return shown;
}

/** The first row of an echo, from a row on; null where there is none. */
function findEcho(
  rows: readonly string[],
  cols: number,
  { before, typed }: EchoedLine,
  from: number,
): number | null {
  const pieces = piecesOf(before + typed, cols);
  for (let row = from; row + pieces.length <= rows.length; row++) {
    if (pieces.every((piece, index) => rows[row + index]?.trimEnd() === piece.trimEnd())) return row;
  }
  return null;
}

/** A line as it is broken at the edge of the screen. */
function piecesOf(line: string, cols: number): string[] {
  return Array.from({ length: Math.ceil(line.length / cols) }, (_, index) =>
    line.slice(index * cols, (index + 1) * cols),
  );
}
