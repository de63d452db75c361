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

/** A stream on its way. */
interface Painting {
  isMark(code: number): boolean;
  state: number;
  /** Of the character that is rewritten. */
  offset: number;
  /** The unfinished control sequence, which may turn out to set colours. */
  csi: string;
}

/** @param isMark whether a code point goes into the cell before it; a sequence in between would part them. */
export function createPaintedStream(isMark: (code: number) => boolean): PaintedStream {
  const painting: Painting = { isMark, state: STATE.ground, offset: 0, csi: "" };
  let unfinished: Uint8Array = new Uint8Array(0);
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
        rewritten += rewriteCharacter(painting, codePointAt(all, at, length), raw);
        at += taken;
        painting.offset += taken;
      }
      unfinished = all.subarray(at);
      return Buffer.from(rewritten, "latin1");
    },
  };
}

/** Rewrites one character, given as a string of bytes. */
function rewriteCharacter(painting: Painting, code: number, raw: string): string {
  const before = painting.state;
  painting.state = nextState(before, code);
  const isInGround = painting.state === STATE.ground;
  if (before === STATE.ground && isInGround) return paintText(painting, code, raw);
  // DECALN fills the screen in the colours of the moment, although no program wrote the letters: after ESC come others first.
  if (before === STATE.escape && code === NUMBER_SIGN) return `${NO_COLORS}\x1b${raw}`;
  const wasCsi = isControlSequence(before);
  if (wasCsi && isIntroducer(code)) return takeSequence(painting) + collectOrPass(painting, raw);
  if (wasCsi && isInGround) return finish(takeSequence(painting) + raw, before, code);
  return collectOrPass(painting, raw);
}

function paintText({ offset, isMark }: Painting, code: number, raw: string): string {
  const isText = (code >= 0x20 && code < 0x7f) || (code >= 0xa0 && !isMark(code));
  return isText ? paint(offset, code === 0x20) + raw : raw;
}

/** Holds a character of a control sequence back until the sequence ends. */
function collectOrPass(painting: Painting, raw: string): string {
  if (!isControlSequence(painting.state) && painting.csi === "") return raw;
  painting.csi += raw;
  return painting.csi.length > LONGEST_CSI ? takeSequence(painting) : "";
}

function takeSequence(painting: Painting): string {
  const { csi } = painting;
  painting.csi = "";
  return csi;
}

/** What is written for a control sequence that has ended with a character. */
function finish(sequence: string, before: number, final: number): string {
  const isSgr =
    final === SGR_FINAL && before !== STATE.csiIgnore && /^[\d;:]*m$/.test(withoutControls(sequence));
  if (isSgr) return controlsOf(sequence) + NO_SGR;
  return FILL.test(withoutControls(sequence)) ? withoutColors(sequence) : sequence;
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
