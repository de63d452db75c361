import { isDeepStrictEqual } from "node:util";
import type { CassetteEvent, Emulator, EmulatorFactory, FrameRecord, Screen } from "@cassette/format";
import type { Cassette } from "../reader/cassette.js";
import { readLastResize } from "../reader/last-resize.js";
import { isDrawingFailure } from "./drawing-failure.js";

/** The result of re-rendering the frames. */
export interface FrameComparison {
  /** "unavailable" if another emulator made the frames. */
  result: "same" | "differs" | "unavailable";
  /** Frames compared. */
  frames: number;
  /** `seq` of the first frame that differs. */
  seq?: number;
  /** The part that differs. */
  part?: FramePart;
  /** Byte offset in the output at which the emulator stopped drawing; no frame follows it. */
  stoppedAt?: number;
}

/** The parts of a frame that can be re-rendered, in the order in which they are compared. */
const PARTS = ["raw_end", "size", "text", "cells", "cursor", "title"] as const;

/** A part of a frame that can be re-rendered. */
export type FramePart = (typeof PARTS)[number];

/**
 * Re-renders every stored frame from the bytes and the resizes before it, and compares. Stops at the first that
 * differs.
 * @param createEmulator makes the emulator; it must have the identity that the manifest names.
 * @throws `signal.reason` when aborted; whatever the emulator throws.
 */
export async function compareFrames(
  cassette: Redrawable,
  createEmulator: EmulatorFactory,
  { signal }: { signal?: AbortSignal } = {},
): Promise<FrameComparison> {
  const { initial_rows: rows, initial_cols: cols, emulator: made } = cassette.manifest.terminal;
  const emulator = createEmulator({ rows, cols }, made);
  try {
    const { name, version } = emulator.identity;
    if (name !== made.name || version !== made.version) return { result: "unavailable", frames: 0 };
    return await compareAll(cassette, emulator, signal);
  } finally {
    emulator.close();
  }
}

async function compareAll(
  cassette: Redrawable,
  emulator: Emulator,
  signal?: AbortSignal,
): Promise<FrameComparison> {
  const frames = redrawFrames(cassette, emulator, signal);
  for (;;) {
    const { value, done } = await frames.next();
    if (done) return { result: "same", ...value };
    const [part] = value.parts;
    if (part === undefined) continue;
    await frames.return({ frames: value.frame });
    return { result: "differs", frames: value.frame, seq: value.seq, part };
  }
}

/** What is read of a cassette to draw it again. */
type Redrawable = Pick<Cassette, "manifest" | "events" | "bytes">;

/** A stored frame beside the screen of another emulator. */
export interface RedrawnFrame {
  seq: number;
  t_ms: number;
  /** Its place among the frames, from 1. */
  frame: number;
  /** The parts that differ, in the order in which they are compared. */
  parts: FramePart[];
  /** Rows whose text or cells differ, from 0. */
  rows: number[];
}

/** What became of redrawing. */
export interface RedrawnEnd {
  /** Frames compared. */
  frames: number;
  /** Byte offset in the output at which the emulator stopped drawing; no frame follows it. */
  stoppedAt?: number;
}

/**
 * Re-renders the stored frames with an emulator of any identity, and gives those that differ.
 * @param createEmulator makes the emulator; characters take as many columns as for the one that the manifest names.
 * @returns what became of it.
 * @throws `signal.reason` when aborted; whatever the emulator throws.
 */
export async function* differingFrames(
  cassette: Redrawable,
  createEmulator: EmulatorFactory,
  { signal }: { signal?: AbortSignal } = {},
): AsyncGenerator<RedrawnFrame, RedrawnEnd, undefined> {
  const { initial_rows: rows, initial_cols: cols, emulator: made } = cassette.manifest.terminal;
  const emulator = createEmulator({ rows, cols }, made);
  const frames = redrawFrames(cassette, emulator, signal);
  try {
    for (;;) {
      const { value, done } = await frames.next();
      if (done) return value;
      if (value.parts.length > 0) yield value;
    }
  } finally {
    emulator.close();
  }
}

/** Draws a cassette and compares each stored frame with the screen at its place. */
async function* redrawFrames(
  cassette: Redrawable,
  emulator: Emulator,
  signal?: AbortSignal,
): AsyncGenerator<RedrawnFrame, RedrawnEnd, undefined> {
  const lastResize = await readLastResize(cassette);
  if (lastResize === 0) emulator.dropScrollback?.();
  let fed = 0;
  let frames = 0;
  /** Drawing failed, which matters only if a frame follows. */
  let stop: { error: unknown; stoppedAt: number } | null = null;
  for await (const event of cassette.events()) {
    signal?.throwIfAborted();
    if (event.kind === "frame") {
      if (stop) throw stop.error;
      yield {
        seq: event.seq,
        t_ms: event.t_ms,
        frame: ++frames,
        ...differencesOf(event.record, emulator, fed),
      };
    } else if (!stop) {
      const error = await drawingFailure(() => draw(event, cassette, emulator, lastResize));
      if (error) stop = { error, stoppedAt: fed };
      if (event.kind === "output") fed = event.record.offset + event.record.length;
    }
  }
  return { frames, ...(stop && { stoppedAt: stop.stoppedAt }) };
}

/** The error with which drawing stopped; null without one. Throws any other error. */
async function drawingFailure(drawing: () => Promise<void>): Promise<unknown> {
  try {
    await drawing();
    return null;
  } catch (error) {
    if (isDrawingFailure(error)) return error;
    throw error;
  }
}

async function draw(
  { kind, seq, record }: CassetteEvent,
  cassette: Pick<Cassette, "bytes">,
  emulator: Emulator,
  lastResize: number,
): Promise<void> {
  if (kind === "output") {
    await emulator.feed(await cassette.bytes(record));
    // No program receives the replies.
    emulator.takeReplies();
  } else if (kind === "input" && record.kind === "resize" && record.size) {
    emulator.resize({ rows: record.size.Rows, cols: record.size.Cols });
  }
  if (seq === lastResize) emulator.dropScrollback?.();
}

function differencesOf(
  frame: FrameRecord,
  emulator: Emulator,
  fed: number,
): Pick<RedrawnFrame, "parts" | "rows"> {
  const screen = emulator.snapshot({ cells: frame.cells !== undefined });
  const isSame: Record<FramePart, boolean> = {
    raw_end: frame.raw_end === fed,
    size: isDeepStrictEqual(frame.size, screen.size),
    text: isDeepStrictEqual(frame.text, screen.text),
    cells: frame.cells === undefined || isDeepStrictEqual(frame.cells, screen.cells),
    cursor: isDeepStrictEqual(frame.cursor, screen.cursor),
    title: (frame.title ?? "") === screen.title,
  };
  const parts = PARTS.filter((part) => !isSame[part]);
  return { parts, rows: isSame.text && isSame.cells ? [] : differingRows(frame, screen) };
}

function differingRows(frame: FrameRecord, screen: Screen): number[] {
  const count = Math.max(frame.text.length, screen.text.length);
  return Array.from({ length: count }, (_, row) => row).filter(
    (row) =>
      frame.text[row] !== screen.text[row] ||
      (frame.cells !== undefined && !isDeepStrictEqual(frame.cells[row], screen.cells?.[row])),
  );
}
