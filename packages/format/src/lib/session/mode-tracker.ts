/** Follows the modes in a program's output that change how input is encoded. */
export interface ModeTracker {
  /** Reads more output; sequences may be split anywhere. */
  read(bytes: Uint8Array): void;
  /** DECCKM: arrows send `ESC O` instead of `ESC [`. */
  readonly applicationCursor: boolean;
  /** Mode 2004: pastes are bracketed. */
  readonly bracketedPaste: boolean;
}

/** RIS, DECSTR, DECSET and DECRST. */
const SEQUENCES = /\x1b(?:(c)|(\[!p)|\[\?([\d;]{1,64})([hl]))/g;
/** The beginning of such a sequence at the end of a read. */
const UNFINISHED = /\x1b(?:\[(?:!|\?[\d;]{0,64})?)?$/;

const ESC = 0x1b;
const RESET = Buffer.from("\x1bc");

/** A fast path of a few native searches: nearly all output contains no such sequence. */
function mayHoldSequence(bytes: Buffer): boolean {
  if (!bytes.includes(ESC)) return false;
  return bytes.includes(0x3f) || bytes.includes(0x21) || bytes.includes(RESET);
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** The rest of a read without `?` and `!`: an escape or an introducer at its very end. */
function unfinishedEnd(bytes: Buffer): string {
  const last = bytes.length - 1;
  if (bytes[last] === ESC) return "\x1b";
  return bytes[last] === 0x5b && bytes[last - 1] === ESC ? "\x1b[" : "";
}

/** Makes a tracker of a terminal just opened. */
export function createModeTracker(): ModeTracker {
  const modes = { applicationCursor: false, bracketedPaste: false };
  let unfinished = "";

  function set(parameters: string, on: boolean): void {
    for (const mode of parameters.split(";")) {
      if (mode === "1") modes.applicationCursor = on;
      if (mode === "2004") modes.bracketedPaste = on;
    }
  }

  function apply([, reset, softReset, parameters = "", final]: RegExpExecArray): void {
    if (reset !== undefined) modes.bracketedPaste = false;
    if (reset !== undefined || softReset !== undefined) modes.applicationCursor = false;
    else set(parameters, final === "h");
  }

  return {
    read(bytes) {
      const view = asBuffer(bytes);
      if (unfinished === "" && !mayHoldSequence(view)) {
        unfinished = unfinishedEnd(view);
        return;
      }
      const text = unfinished + view.toString("latin1");
      for (const sequence of text.matchAll(SEQUENCES)) apply(sequence);
      unfinished = UNFINISHED.exec(text)?.[0] ?? "";
    },
    get applicationCursor() {
      return modes.applicationCursor;
    },
    get bracketedPaste() {
      return modes.bracketedPaste;
    },
  };
}
