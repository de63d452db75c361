import type { TerminalSize } from "@cassette/format";

/** An update that the emulator has not received yet, in order. `missing` bytes are no longer in memory. */
export type PendingUpdate =
  | { kind: "output"; bytes: Uint8Array }
  | { kind: "missing"; start: number; end: number }
  | { kind: "resize"; size: TerminalSize };

/** The updates that an emulator has not received yet. */
export interface Backlog {
  /** Keeps a copy. */
  add(bytes: Uint8Array): void;
  resize(size: TerminalSize): void;
  /** Takes all there is. */
  take(): PendingUpdate[];
  /** Bytes waiting, the missing ones included. */
  readonly bytes: number;
  /** Bytes waiting in memory. */
  readonly keptBytes: number;
  /** Drops the oldest; this many bytes or a few more stay in memory. */
  forget(least: number): void;
}

const SLAB = 262_144;

/** Makes a backlog for a stream from its start. */
export function createBacklog(): Backlog {
  let waiting: PendingUpdate[] = [];
  /** Reused: allocating costs more than copying. */
  const spare: Uint8Array[] = [];
  let slab: Uint8Array = new Uint8Array(0);
  let used = 0;
  let keptBytes = 0;
  /** Offsets in the stream of the oldest byte that waits, and of the end. */
  let from = 0;
  let until = 0;

  function closeSlab(): void {
    if (used === 0) return;
    waiting.push({ kind: "output", bytes: slab.subarray(0, used) });
    slab = slab.subarray(used);
    used = 0;
  }

  return {
    add(bytes) {
      for (let at = 0; at < bytes.length; ) {
        if (used === slab.length) {
          closeSlab();
          slab = spare.pop() ?? new Uint8Array(SLAB);
        }
        const piece = bytes.subarray(at, at + slab.length - used);
        slab.set(piece, used);
        used += piece.length;
        at += piece.length;
      }
      keptBytes += bytes.length;
      until += bytes.length;
    },
    resize(size) {
      closeSlab();
      waiting.push({ kind: "resize", size });
    },
    take() {
      closeSlab();
      const taken = waiting;
      waiting = [];
      keptBytes = 0;
      from = until;
      return taken;
    },
    get bytes() {
      return until - from;
    },
    get keptBytes() {
      return keptBytes;
    },
    forget(least) {
      let start = from;
      for (const [index, overdue] of waiting.entries()) {
        if (overdue.kind === "missing") start = overdue.end;
        if (overdue.kind !== "output") continue;
        if (keptBytes - overdue.bytes.length < least) break;
        const end = start + overdue.bytes.length;
        waiting[index] = { kind: "missing", start, end };
        if (overdue.bytes.length === SLAB) spare.push(overdue.bytes);
        keptBytes -= overdue.bytes.length;
        start = end;
      }
      waiting = joinMissing(waiting);
    },
  };
}

/** Merges neighbouring gaps, so that dropped output takes no memory. */
function joinMissing(waiting: PendingUpdate[]): PendingUpdate[] {
  const joined: PendingUpdate[] = [];
  for (const overdue of waiting) {
    const last = joined.at(-1);
    if (last?.kind === "missing" && overdue.kind === "missing") last.end = overdue.end;
    else joined.push(overdue);
  }
  return joined;
}
