import { isControlSequence, isIntroducer, nextState, STATE } from "@cassette/format/sequences";
import { characterLength, codePointAt, INCOMPLETE } from "../sequences/utf8.js";
import { paint } from "./paint.js";

/** Rewrites output so that an emulator paints each character with the offset of its first byte. */
export interface PaintedStream {
  /** Rewrites the next bytes. An incomplete character or sequence comes with a later call. */
  rewrite(bytes: Uint8Array): Uint8Array;
}

/** A control sequence longer than this does not set colours. */
const LONGEST_CSI = 4_096;
const SGR_FINAL = 0x6d;
const NUMBER_SIGN = 0x23;
/** SGR without its ESC. */
const NO_COLORS = "[39;49m";
/** DECFRA fills with a character that was never written. */
const FILL = /^[\d;]*\$x$/;
/** Takes the place of an SGR: the same to the parser, without any effect on colours. */
const NO_SGR = "\x1b[22m";

/** @param isMark whether a code point goes into the cell before it; a sequence in between would part them. */
export function createPaintedStream(isMark: (code: number) => boolean): PaintedStream {
  let state: number = STATE.ground;
  let offset = 0;
  let unfinished: Uint8Array = new Uint8Array(0);
  /** The unfinished control sequence, which may turn out to set colours. */
  let csi = "";

  /** Rewrites one character, given as a string of bytes. */
  function rewriteCharacter(code: number, raw: string): string {
    const before = state;
    state = nextState(before, code);
    if (before === STATE.ground && state === STATE.ground) {
      const isText = (code >= 0x20 && code < 0x7f) || (code >= 0xa0 && !isMark(code));
      return isText ? paint(offset, code === 0x20) + raw : raw;
    }
    // DECALN fills the screen in the colours of the moment, although no program wrote the letters: after ESC come others first.
    if (before === STATE.escape && code === NUMBER_SIGN) return `${NO_COLORS}\x1b${raw}`;
    const wasCsi = isControlSequence(before);
    if (wasCsi && isIntroducer(code)) return flush() + beginOrPass(raw);
    if (wasCsi && state === STATE.ground) return finish(raw, before, code);
    if (isControlSequence(state) || csi !== "") return collect(raw);
    return raw;
  }

  function beginOrPass(raw: string): string {
    return isControlSequence(state) ? collect(raw) : raw;
  }

  function collect(raw: string): string {
    csi += raw;
    return csi.length > LONGEST_CSI ? flush() : "";
  }

  function flush(): string {
    const collected = csi;
    csi = "";
    return collected;
  }

  function finish(raw: string, before: number, code: number): string {
    const collected = flush() + raw;
    const isSgr =
      code === SGR_FINAL && before !== STATE.csiIgnore && /^[\d;:]*m$/.test(withoutControls(collected));
    if (isSgr) return controlsOf(collected) + NO_SGR;
    return FILL.test(withoutControls(collected)) ? withoutColors(collected) : collected;
  }

  return {
    rewrite(bytes) {
      const all = Buffer.concat([unfinished, bytes]);
      let rewritten = "";
      let at = 0;
      while (at < all.length) {
        const length = characterLength(all, at, all.length);
        if (length === INCOMPLETE) break;
        const taken = Math.abs(length);
        const raw = all.toString("latin1", at, at + taken);
        rewritten += rewriteCharacter(codePointAt(all, at, length), raw);
        at += taken;
        offset += taken;
      }
      unfinished = all.subarray(at);
      return Buffer.from(rewritten, "latin1");
    },
  };
}

/** A control sequence, of which ESC has been passed on, after one that resets the colours. */
function withoutColors(sequence: string): string {
  return sequence.startsWith("[") ? `${NO_COLORS}\x1b${sequence}` : `\x1b${NO_COLORS}${sequence}`;
}

/** The characters of a control sequence after its introducer, which ends in `[` or, in UTF-8, 9B. */
function withoutControls(sequence: string): string {
  return sequence.replace(/[\0-\x1f\x7f]/g, "").replace(/^(?:\[|\xc2\x9b)/, "");
}

/** Control characters inside a sequence take effect on their own. */
function controlsOf(sequence: string): string {
  return sequence.replace(/[^\0-\x1a\x1c-\x1f]/g, "");
}
