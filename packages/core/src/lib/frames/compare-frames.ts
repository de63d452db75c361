import { isDeepStrictEqual } from "node:util";
import type { CassetteEvent, Emulator, EmulatorFactory, FrameRecord } from "@cassette/format";
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

/** A part of a frame that can be re-rendered. */
export type FramePart = "raw_end" | "size" | "text" | "cells" | "cursor" | "title";

/**
 * Re-renders every stored frame from the bytes and the resizes before it, and compares. Stops at the first that
 * differs.
 * @param createEmulator makes the emulator; it must have the identity that the manifest names.
 * @throws `signal.reason` when aborted; whatever the emulator throws.
 */
export async function compareFrames(
  cassette: Pick<Cassette, "manifest" | "events" | "bytes">,
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
  cassette: Pick<Cassette, "events" | "bytes">,
  emulator: Emulator,
  signal?: AbortSignal,
): Promise<FrameComparison> {
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
      frames++;
      const part = differingPart(event.record, emulator, fed);
      if (part) return { result: "differs", frames, seq: event.seq, part };
    } else if (!stop) {
      const error = await drawingFailure(() => draw(event, cassette, emulator));
      if (error) stop = { error, stoppedAt: fed };
      if (event.seq === lastResize) emulator.dropScrollback?.();
      if (event.kind === "output") fed = event.record.offset + event.record.length;
    }
  }
  return { result: "same", frames, ...(stop && { stoppedAt: stop.stoppedAt }) };
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
  { kind, record }: CassetteEvent,
  cassette: Pick<Cassette, "bytes">,
  emulator: Emulator,
): Promise<void> {
  if (kind === "output") {
    await emulator.feed(await cassette.bytes(record));
    // No program receives the replies.
    emulator.takeReplies();
  } else if (kind === "input" && record.kind === "resize" && record.size) {
    emulator.resize({ rows: record.size.Rows, cols: record.size.Cols });
  }
}

function differingPart(frame: FrameRecord, emulator: Emulator, fed: number): FramePart | null {
  if (frame.raw_end !== fed) return "raw_end";
  const screen = emulator.snapshot({ cells: frame.cells !== undefined });
  if (!isDeepStrictEqual(frame.size, screen.size)) return "size";
  if (!isDeepStrictEqual(frame.text, screen.text)) return "text";
  if (frame.cells && !isDeepStrictEqual(frame.cells, screen.cells)) return "cells";
  if (!isDeepStrictEqual(frame.cursor, screen.cursor)) return "cursor";
  return (frame.title ?? "") === screen.title ? null : "title";
}
