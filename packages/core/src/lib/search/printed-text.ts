import { createSequenceReader } from "@cassette/format/sequences";

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

/** What a string sequence (a title, a link, the clipboard) contains. */
const STRING = /^(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f])([^\x07\x18\x1a\x1b\x9c]+)/;
const CSI = "\x1b[";
const CSI_FINAL = /^(?:\x1b\[|\x9b)[0-?]*[ -/]*([@-~])$/;
/** Most sequences are of this kind; removed at once, they take a fraction of the time. */
const COLOUR = /\x1b\[[0-9;:]*m/g;
const CONTROLS = /[\0-\x08\x0e-\x1a\x1c-\x1f\x7f]/g;
const LINE_END = /\r\n|[\n\r\v\f]/;
/** Sequences that change the style of text, not the cursor. */
const IN_PLACE = "mhlKXJq";
/** A longer line is cut here. */
const LONGEST = 65_536;

/** Makes a reader of printed text; memory does not grow with the output. */
export function createPrintedText(): PrintedText {
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  let reader = createSequenceReader();
  let line: PrintedLine | null = null;

  /** Takes lines out of text that continues the last one. */
  function linesOf(plain: string, seq: number, t_ms: number): PrintedLine[] {
    const lines: PrintedLine[] = [];
    const pieces = plain.split(LINE_END);
    for (const [index, piece] of pieces.entries()) {
      line = line === null ? { text: piece, seq, t_ms } : { ...line, text: line.text + piece };
      if (index === pieces.length - 1 && line.text.length < LONGEST) break;
      if (line.text !== "") lines.push(line);
      line = null;
    }
    if (line?.text === "") line = null;
    return lines;
  }

  return {
    add(bytes, seq, t_ms) {
      const lines: PrintedLine[] = [];
      let plain = "";
      const decoded = decoder.decode(bytes, { stream: true });
      const rest = reader.isWithin ? decoded : decoded.replace(COLOUR, "");
      for (const { isSequence, text } of reader.read(rest)) {
        plain += isSequence ? inPlaceOf(text) : text;
        const string = isSequence ? stringOf(text) : undefined;
        if (string !== undefined) lines.push({ text: string, seq, t_ms });
      }
      return [...lines, ...linesOf(plain.replace(CONTROLS, ""), seq, t_ms)];
    },
    forget() {
      reader = createSequenceReader();
      line = null;
    },
    finish: () => (line === null ? [] : [line]),
  };
}

/** The text in a string sequence. */
function stringOf(sequence: string): string | undefined {
  return sequence.startsWith(CSI) ? undefined : STRING.exec(sequence)?.[1];
}

/** What a sequence does to printed text: nothing, a gap, or the end of a line. */
function inPlaceOf(sequence: string): string {
  if (sequence.startsWith(CSI) && IN_PLACE.includes(sequence.at(-1) ?? "")) return "";
  const final = CSI_FINAL.exec(sequence)?.[1];
  if (final === undefined || IN_PLACE.includes(final)) return "";
  return final === "C" ? " " : "\n";
}
