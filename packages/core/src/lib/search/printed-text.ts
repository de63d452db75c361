/** A piece of printed text, without escape sequences. */
export interface PrintedLine {
  text: string;
  /** The chunk in which the text begins. */
  seq: number;
  t_ms: number;
}

/** Turns chunks of output into lines of text. */
export interface PrintedText {
  /** Lines that end in this chunk, and titles and other strings in it. */
  add(bytes: Uint8Array, seq: number, t_ms: number): PrintedLine[];
  /** Drops the unfinished line: its end was not passed in. */
  forget(): void;
  /** The last line, if it has no end. */
  finish(): PrintedLine[];
}

/** Strings within sequences (titles, links, the clipboard); control sequences; other escapes; lone controls. */
const SEQUENCE =
  /\x1b[\]PX^_]([^\x07\x1b]*)(?:\x07|\x1b\\)|\x1b\[[0-?]*[ -/]*([@-~])|\x1b[ -/]*[0-Z\\^-~]|[\0-\x08\x0e-\x1a\x1c-\x1f\x7f]/g;
/** Most sequences are of this kind; without a callback they are removed several times as fast. */
const COLOUR = /\x1b\[[0-9;:]*m/g;
/** The beginning of a sequence at the end of a chunk. */
const UNFINISHED = /\x1b(?:[\]PX^_][^\x07\x1b]*\x1b?|\[[0-?]*[ -/]*|[ -/]*)$/;
const LINE_END = /\r\n|[\n\r\v\f]/;
/** Sequences that change the style of text, not the cursor. */
const IN_PLACE = "mhlKXJq";
/** A longer line or sequence is cut here. */
const LONGEST = 65_536;

/** Makes a reader of printed text; memory does not grow with the output. */
export function createPrintedText(): PrintedText {
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  let unread = "";
  let line: PrintedLine | null = null;
  return {
    add(bytes, seq, t_ms) {
      const text = unread + decoder.decode(bytes, { stream: true });
      const tail = text.length > LONGEST ? null : UNFINISHED.exec(text.slice(text.lastIndexOf("\x1b")));
      unread = tail?.[0] ?? "";
      const { plain, strings } = withoutSequences(text.slice(0, text.length - unread.length));
      const lines = strings.map((string) => ({ text: string, seq, t_ms }));
      const pieces = plain.split(LINE_END);
      for (const [index, piece] of pieces.entries()) {
        line = line === null ? { text: piece, seq, t_ms } : { ...line, text: line.text + piece };
        if (index === pieces.length - 1 && line.text.length < LONGEST) break;
        if (line.text !== "") lines.push(line);
        line = null;
      }
      if (line?.text === "") line = null;
      return lines;
    },
    forget() {
      unread = "";
      line = null;
    },
    finish: () => (line === null ? [] : [line]),
  };
}

function withoutSequences(text: string): { plain: string; strings: string[] } {
  const plainer = text.replace(COLOUR, "");
  const strings: string[] = [];
  if (plainer.search(SEQUENCE) === -1) return { plain: plainer, strings };
  const plain = plainer.replace(SEQUENCE, (_, string: string | undefined, final: string | undefined) => {
    if (string) strings.push(string);
    if (final === undefined || IN_PLACE.includes(final)) return "";
    return final === "C" ? " " : "\n";
  });
  return { plain, strings };
}
