import { createSequenceReader } from "@cassette/format/sequences";

/** A control sequence, split into its name and its parameters. */
export interface ControlSequence {
  /**
   * "CSI", its private prefix, intermediate characters and final one, as in "CSI?h"; "OSC" and its number, as in "OSC8";
   * "ESC" and what follows, as in "ESC="; "SO", "SI".
   */
  name: string;
  /** The parameters of a CSI, the text of an OSC. */
  params: string;
  /** The whole sequence. */
  text: string;
}

const CSI = /^(?:\x1b\[|\x9b)([<-?]?)([\d;:]*)([ -/]*[@-~])$/;
const OSC = /^(?:\x1b\]|\x9d)(\d*);?(.*?)(?:\x07|\x1b\\|\x9c)$/s;
const ESC_SEQUENCE = /^\x1b([ -/]*[0-~])$/;
/** Controls within a sequence take effect by themselves. */
const CONTROLS = /(?!^)[\0-\x1a\x1c-\x1f\x7f]/g;
const SHIFTS = /[\x0e\x0f]/g;
const STYLES = /\x1b\[([\d;:]*)m/g;
/** Anything that has an effect and is no style. */
const OTHER_THAN_STYLES = /\x1b(?!\[[\d;:]*m)|[\x0e\x0f\x80-\x9f]/;
/** The beginning of a long text is enough. */
const LONGEST_KEPT = 4_096;

/** Finds control sequences in output, in chunks of any size. */
export interface SequenceScanner {
  scan(bytes: Uint8Array): Iterable<ControlSequence>;
  /** The output so far ends within a sequence. */
  readonly isWithin: boolean;
}

/** Makes a scanner. */
export function createSequenceScanner(): SequenceScanner {
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  const reader = createSequenceReader(LONGEST_KEPT);

  function* read(text: string): Generator<ControlSequence> {
    for (const part of reader.read(text)) {
      if (part.isSequence) yield sequenceOf(part.text);
      else for (const [shift] of part.text.matchAll(SHIFTS)) yield shiftOf(shift);
    }
  }

  return {
    *scan(bytes) {
      const text = decoder.decode(bytes, { stream: true });
      const start = reader.isWithin ? text.indexOf("m") + 1 : 0;
      yield* read(text.slice(0, start));
      // Most output has no sequences but styles, of which those before a reset have no effect.
      const end = unfinishedStyle(text, start);
      const whole = text.slice(start, end);
      if (reader.isWithin || OTHER_THAN_STYLES.test(whole)) yield* read(whole);
      else yield* stylesSinceReset(whole);
      yield* read(text.slice(end));
    },
    get isWithin() {
      return reader.isWithin;
    },
  };
}

/** Where a style begins that the text does not end; the end of the text if there is none. */
function unfinishedStyle(text: string, from: number): number {
  const at = text.lastIndexOf("\x1b");
  return at >= from && /^\x1b(?:\[[\d;:]*)?$/.test(text.slice(at)) ? at : text.length;
}

function* stylesSinceReset(text: string): Generator<ControlSequence> {
  const reset = Math.max(0, text.lastIndexOf("\x1b[m"), text.lastIndexOf("\x1b[0m"));
  for (const [style, params = ""] of text.slice(reset).matchAll(STYLES))
    yield { name: "CSIm", params, text: style };
}

function sequenceOf(text: string): ControlSequence {
  const osc = OSC.exec(text);
  if (osc) return { name: `OSC${osc[1]}`, params: osc[2] ?? "", text };
  const csi = CSI.exec(text.replace(CONTROLS, ""));
  if (csi) return { name: `CSI${csi[1]}${csi[3]}`, params: csi[2] ?? "", text };
  const plain = ESC_SEQUENCE.exec(text);
  return { name: plain ? `ESC${plain[1]}` : "DCS", params: "", text };
}

function shiftOf(text: string): ControlSequence {
  return { name: text === "\x0e" ? "SO" : "SI", params: "", text };
}
