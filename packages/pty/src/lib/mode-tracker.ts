/** Follows the modes that a program sets in its output and that change what input looks like. */
export interface ModeTracker {
  /** Reads on; sequences may be cut anywhere. */
  read(bytes: Uint8Array): void;
  /** DECCKM: arrows send `ESC O` instead of `ESC [`. */
  readonly applicationCursor: boolean;
  /** Mode 2004: pastes are bracketed. */
  readonly bracketedPaste: boolean;
}

const ESC = 0x1b;
const CAN = 0x18;
const SUB = 0x1a;
/** Longer ones hold nothing for us. */
const MAX_PARAMETERS = 64;

export function createModeTracker(): ModeTracker {
  let applicationCursor = false;
  let bracketedPaste = false;
  let state: "ground" | "escape" | "sequence" = "ground";
  let parameters = "";

  function set(on: boolean): void {
    for (const mode of parameters.slice(1).split(";")) {
      if (mode === "1") applicationCursor = on;
      if (mode === "2004") bracketedPaste = on;
    }
  }

  function reset(full: boolean): void {
    applicationCursor = false;
    if (full) bracketedPaste = false;
  }

  function afterEscape(byte: number): void {
    state = "ground";
    if (byte === 0x63) reset(true);
    else if (byte === 0x5b) {
      state = "sequence";
      parameters = "";
    } else if (byte === ESC) state = "escape";
  }

  function inSequence(byte: number): void {
    if (byte === ESC) state = "escape";
    else if (byte === CAN || byte === SUB) state = "ground";
    else if (byte >= 0x40 && byte <= 0x7e) finish(byte);
    else if (byte >= 0x20 && parameters.length < MAX_PARAMETERS) parameters += String.fromCharCode(byte);
  }

  function finish(final: number): void {
    state = "ground";
    if (parameters === "!" && final === 0x70) reset(false);
    if (!parameters.startsWith("?")) return;
    if (final === 0x68) set(true);
    if (final === 0x6c) set(false);
  }

  return {
    read(bytes) {
      let at = 0;
      while (at < bytes.length) {
        if (state === "ground") {
          at = bytes.indexOf(ESC, at);
          if (at < 0) return;
          state = "escape";
        } else if (state === "escape") afterEscape(bytes[at] ?? 0);
        else inSequence(bytes[at] ?? 0);
        at++;
      }
    },
    get applicationCursor() {
      return applicationCursor;
    },
    get bracketedPaste() {
      return bracketedPaste;
    },
  };
}
