import type { InputRecord } from "@cassette/format";
import type { PrintedLine } from "./printed-text.js";

/** Joins keys into lines of typed text. */
export interface TypedText {
  /** Lines that end with this record. */
  add(record: InputRecord): PrintedLine[];
  /** The last line, if it has no end. */
  finish(): PrintedLine[];
}

const LONGEST = 4_096;

/** Makes a reader of typed text. Replies of the terminal do not count. */
export function createTypedText(): TypedText {
  let line: PrintedLine | null = null;
  const take = (): PrintedLine[] => {
    const taken = line;
    line = null;
    return taken ? [taken] : [];
  };
  return {
    add({ seq, t_ms, bytes, key, answer }) {
      if (answer || (bytes === undefined && key === undefined)) return [];
      const text: string = bytes === undefined ? `<${key}>` : Buffer.from(bytes).toString("utf8");
      line = line === null ? { text, seq, t_ms } : { ...line, text: line.text + text };
      return /[\r\n]$/.test(text) || line.text.length > LONGEST ? take() : [];
    },
    finish: take,
  };
}
