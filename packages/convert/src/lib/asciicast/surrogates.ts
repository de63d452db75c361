import type { LossTally } from "../recording/losses.js";

/** Turns texts into bytes, where a character may be cut between two texts. */
export interface TextJoiner {
  bytes(text: string): Uint8Array;
  /** Call at the end: a half that waits is lost. */
  end(): void;
}

/** Makes a joiner of texts of one stream. Halves of characters that never meet become U+FFFD. */
export function createTextJoiner(losses: LossTally): TextJoiner {
  let waiting = "";
  return {
    bytes(text) {
      if (waiting !== "" || !text.isWellFormed()) return joined(text);
      return Buffer.from(text, "utf8");
    },
    end() {
      if (waiting !== "") losses.add("lone-surrogates");
      waiting = "";
    },
  };

  function joined(text: string): Uint8Array {
    let whole = waiting + text;
    waiting = "";
    if (isHigh(whole.charCodeAt(whole.length - 1))) {
      waiting = whole.slice(-1);
      whole = whole.slice(0, -1);
    }
    if (!whole.isWellFormed()) losses.add("lone-surrogates");
    return Buffer.from(whole, "utf8");
  }
}

function isHigh(code: number): boolean {
  return code >= 0xd800 && code <= 0xdbff;
}
