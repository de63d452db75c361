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

const SEQUENCE =
  /\x1b(?:\[([<-?]?)([\d;:]*)([ -/]*[@-~])|\](\d*);?([^\x07\x1b\x18\x1a]*)(?:\x07|\x1b\\)|[PX^_][^\x1b\x18\x1a]*\x1b\\|([ -/]*[0-OQ-WYZ\\`-~]))|[\x0e\x0f]/g;
const UNFINISHED = /\x1b(?:\[[<-?]?[\d;:]*[ -/]*|[ -/]*|[\]PX^_][^\x07\x1b\x18\x1a]*\x1b?)$/;
const ANY = /[\x0e\x0f\x1b]/;
const LONGEST_KEPT = 4_096;
const ESC = "\x1b";

/** Finds control sequences in output, in chunks of any size. */
export interface SequenceScanner {
  scan(bytes: Uint8Array): Iterable<ControlSequence>;
  /** The output so far ends within a sequence. */
  readonly isWithin: boolean;
}

/** Makes a scanner. */
export function createSequenceScanner(): SequenceScanner {
  let tail = "";
  return {
    *scan(bytes) {
      const text = tail + Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("latin1");
      tail = shortened(UNFINISHED.exec(text)?.[0] ?? "");
      if (!ANY.test(text)) return;
      for (const match of text.matchAll(SEQUENCE)) yield sequenceOf(match);
    },
    get isWithin() {
      return tail !== "";
    },
  };
}

/** The beginning of a long text is enough. */
function shortened(tail: string): string {
  if (tail.length <= LONGEST_KEPT) return tail;
  return tail.slice(0, LONGEST_KEPT) + (tail.endsWith(ESC) ? ESC : "");
}

function sequenceOf([
  text,
  marker,
  numbers,
  final,
  command,
  content,
  escaped,
]: RegExpMatchArray): ControlSequence {
  if (final !== undefined) return { name: `CSI${marker}${final}`, params: numbers ?? "", text };
  if (command !== undefined) return { name: `OSC${command}`, params: content ?? "", text };
  if (escaped !== undefined) return { name: `ESC${escaped}`, params: "", text };
  return { name: text === "\x0e" ? "SO" : text === "\x0f" ? "SI" : "DCS", params: "", text };
}
