/** A chunk of output, or the end of one. */
export interface PrintedPiece {
  bytes: Uint8Array;
  seq: number;
  t_ms: number;
}

/** What to do with a chunk. */
interface Skimmed {
  /** What must be read: nothing, or the chunk after what was passed over of its first line. */
  read: readonly PrintedPiece[];
  /** The line that was unfinished has ended, and was passed over. */
  endsLine: boolean;
}

/** Passes over output in which a literal text cannot appear: neither in a line nor on a screen. */
export interface OutputSkim {
  /** Takes the next chunk. */
  take(piece: PrintedPiece): Skimmed;
  /** From now on everything is read: the terminal's size has changed, and lines are wrapped elsewhere. */
  stop(): void;
}

/** Anything but printable ASCII, line ends and SGR: it may put text elsewhere than after what was printed before. */
const UNUSUAL = /\x1b(?!\[[\d;:]*m)|\r(?!\n)|[\0-\x09\x0b\x0c\x0e-\x1a\x1c-\x1f\x7f-\xff]/;
/** The beginning of SGR or of a line end, at the end of a chunk. */
const UNFINISHED = /(?:\x1b(?:\[[\d;:]*)?|\r)$/;
const LONGEST_UNFINISHED = 64;
const LONGEST_LINE = 65_536;
const ANY_SGR = "(?:\\x1b\\[[\\d;:]*m)*";
/** The source of a pattern that matches one text of printable ASCII only. */
const LITERAL = /^(?:[ !"#%&',\-:;<=>@\w`~]|\\[\\^$.*+?()[\]{}|/])+$/;
const CHARACTER = /\\?[\s\S]/g;
const LINE_FEED = 0x0a;

/**
 * Makes a skim of output from its start; null for a pattern that is not a literal text. As long as lines are printed below one another
 * and nothing moves the cursor, what is in a row of the screen is in a line of the output.
 */
export function createOutputSkim({ source, flags }: RegExp): OutputSkim | null {
  if (!LITERAL.test(source)) return null;
  const wanted = new RegExp(source.match(CHARACTER)?.join(ANY_SGR) ?? "", flags.replace(/[gy]/g, ""));
  /** The unfinished line, a character for each byte. */
  let line = "";
  /** As much of it as was passed over. */
  let passed: PrintedPiece[] = [];
  let isActive = true;

  function readFrom(piece: PrintedPiece): Skimmed {
    const read = [...passed, piece];
    passed = [];
    return { read, endsLine: false };
  }

  return {
    take(piece) {
      if (!isActive) return readFrom(piece);
      const bytes = Buffer.from(piece.bytes.buffer, piece.bytes.byteOffset, piece.bytes.byteLength);
      const text = line + bytes.toString("latin1");
      const [unfinished = ""] = UNFINISHED.exec(text.slice(-LONGEST_UNFINISHED)) ?? [];
      if (
        text.length - bytes.length > LONGEST_LINE ||
        UNUSUAL.test(text.slice(0, text.length - unfinished.length))
      ) {
        isActive = false;
        return readFrom(piece);
      }
      const lineStart = text.lastIndexOf("\n") + 1;
      line = text.slice(lineStart);
      if (wanted.test(text)) return readFrom(piece);
      if (lineStart > 0) passed = [];
      passed.push({ ...piece, bytes: bytes.subarray(bytes.lastIndexOf(LINE_FEED) + 1) });
      return { read: [], endsLine: lineStart > 0 };
    },
    stop() {
      isActive = false;
    },
  };
}
