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
  return {
    *scan(bytes) {
      for (const { isSequence, text } of reader.read(decoder.decode(bytes, { stream: true }))) {
        if (isSequence) yield sequenceOf(text);
        else for (const [shift] of text.matchAll(SHIFTS)) yield shiftOf(shift);
      }
    },
    get isWithin() {
      return reader.isWithin;
    },
  };
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
