import { rowLocal } from "./row-local.js";
import { stylesBefore } from "./styles-before.js";

/** Output that is drawn when the screen is looked at, and not at all where it has scrolled away by then. */
export interface DeferredOutput {
  /** Takes a copy. Draws at once what may do more than print lines. */
  add(bytes: Uint8Array): void;
  /** Draws what waits and is still to be seen. */
  draw(): void;
}

/** What the output is drawn on. */
export interface DrawingTarget {
  /** Draws bytes at once. */
  draw(bytes: Uint8Array): void;
  /** Draws bytes that have the effect of `count` bytes of output. */
  drawInstead(bytes: Uint8Array, count: number): void;
  /** Whether all bytes so far were whole characters and sequences. */
  isIdle(): boolean;
  /** Lines that are kept, those above the screen included, and rows below the cursor; null while margins keep some rows in place. */
  scrolled(): { lines: number; below: number } | null;
}

interface Waiting {
  readonly target: DrawingTarget;
  memory: Buffer;
  used: number;
  /** Bytes known to be row-local. */
  local: number;
  /** The cursor is in the last row, at the start of an empty line, and everything above will scroll away. */
  isCleared: boolean;
}

const LEAST = 16_384;
const MOST = 262_144;
const LF = 0x0a;
const CR = 0x0d;

/** Makes it for a target that has received no output, or only whole characters and sequences. */
export function createDeferredOutput(target: DrawingTarget): DeferredOutput {
  const waiting: Waiting = { target, memory: Buffer.alloc(0), used: 0, local: 0, isCleared: false };
  return {
    add: (bytes) => add(waiting, bytes),
    draw: () => drawAll(waiting),
  };
}

function add(waiting: Waiting, bytes: Uint8Array): void {
  const { target } = waiting;
  for (let at = 0; at < bytes.length; ) {
    if (waiting.used === 0 && !target.isIdle()) {
      target.draw(bytes.subarray(at));
      return;
    }
    at += keep(waiting, bytes.subarray(at));
    const { end, isForeign } = rowLocal(waiting.memory, waiting.local, waiting.used);
    waiting.local = end;
    if (isForeign) drawAll(waiting);
    else if (waiting.used === MOST) dropHead(waiting);
  }
}

/** Copies as many bytes as there is room for. */
function keep(waiting: Waiting, bytes: Uint8Array): number {
  const wanted = Math.min(MOST, waiting.used + bytes.length);
  if (wanted > waiting.memory.length) {
    const larger = Buffer.allocUnsafeSlow(Math.min(MOST, Math.max(LEAST, 2 * wanted)));
    waiting.memory.copy(larger, 0, 0, waiting.used);
    waiting.memory = larger;
  }
  const count = wanted - waiting.used;
  waiting.memory.set(count === bytes.length ? bytes : bytes.subarray(0, count), waiting.used);
  waiting.used = wanted;
  return count;
}

function drawAll(waiting: Waiting): void {
  if (waiting.used === 0) return;
  const { target, memory, used } = waiting;
  const start = skip(waiting);
  Object.assign(waiting, { used: 0, local: 0, isCleared: false });
  target.draw(memory.subarray(start, used));
}

/** Makes room. */
function dropHead(waiting: Waiting): void {
  const start = skip(waiting);
  if (start === 0) {
    drawAll(waiting);
    return;
  }
  waiting.memory.copyWithin(0, start, waiting.used);
  waiting.used -= start;
  waiting.local -= start;
  waiting.isCleared = true;
}

/** Gives the target what takes the place of the lines that scroll away. @returns where those end. */
function skip(waiting: Waiting): number {
  const { target, memory, isCleared } = waiting;
  const start = endOfScrolled(waiting);
  if (start === 0) return 0;
  const below = target.scrolled()?.below ?? 0;
  const cleared = isCleared ? [] : [Uint8Array.of(CR), Buffer.alloc(below + 1, LF)];
  target.drawInstead(Buffer.concat([...cleared, ...stylesBefore(memory, start)]), start);
  return start;
}

/**
 * Where the lines end that scroll away with everything that is shown now; 0 if they do not. They put the cursor into the last row, and
 * leave it at the start of an empty line.
 */
function endOfScrolled({ target, memory, local, isCleared }: Waiting): number {
  const scrolled = target.scrolled();
  if (scrolled === null) return 0;
  let at = lineFeedBefore(memory, local, scrolled.lines + 1);
  while (at > 0 && memory[at - 1] !== CR) at = lineFeedBefore(memory, at, 1);
  if (at < 1) return 0;
  return isCleared || lineFeedBefore(memory, at, scrolled.below) >= 0 ? at + 1 : 0;
}

/** Place of the last line feed but `count - 1` before `end`; -1 if there are not as many. */
function lineFeedBefore(bytes: Buffer, end: number, count: number): number {
  let at = end;
  for (let left = count; left > 0; left--) {
    if (at <= 0) return -1;
    at = bytes.lastIndexOf(LF, at - 1);
  }
  return at;
}
