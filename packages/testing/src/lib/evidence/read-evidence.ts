import { type Cassette, type ReplayMode, replay } from "@cassette/core/reader";
import type { Cell } from "@cassette/format";
import type { Screens } from "@cassette/frames";
import type { Evidence, EvidenceEvent, FrameWithoutCells } from "./evidence.js";
import { screensOf } from "./screens.js";
import { createVirtualClock } from "./virtual-clock.js";

/** Options of {@link readEvidence}. */
export interface ReadOptions {
  /** Default: "collapsed". Time is virtual in every mode. */
  mode?: ReplayMode;
  scale?: number;
  /** The cassette's name in failures. Default: its path. */
  label?: string;
  signal?: AbortSignal;
}

/** The evidence of a cassette; close it before the cassette. */
export interface CassetteEvidence extends Evidence {
  /** Milliseconds the replay would have waited. */
  readonly replayedMs: number;
  /** Releases the emulator. The cassette is not closed. */
  close(): void;
}

/**
 * Replays a cassette on a virtual clock and keeps what assertions need. Takes no longer than reading, however long
 * the recording.
 * @throws `signal.reason` when aborted; the errors of reading the cassette.
 */
export async function readEvidence(cassette: Cassette, options: ReadOptions = {}): Promise<CassetteEvidence> {
  const { mode = "collapsed", scale, label = cassette.dir, signal } = options;
  const clock = createVirtualClock();
  const events: EvidenceEvent[] = [];
  const frames: FrameWithoutCells[] = [];
  for await (const event of replay(cassette, { mode, scale, sleeper: clock.sleep, signal })) {
    if (event.kind !== "frame") {
      events.push(event);
      continue;
    }
    const { cells: _, ...record } = event.record;
    frames.push(record);
    events.push({ ...event, record });
  }
  const { initial_rows: rows, initial_cols: cols } = cassette.manifest.terminal;
  const bytes = cassette.bytes;
  let opened: Screens | undefined;
  const screenAt: Evidence["screenAt"] = async (seq) => {
    opened ??= screensOf({ size: { rows, cols }, events, bytes });
    const { screen, afterSeq, t_ms } = await opened.at({ seq }, { cells: true });
    return { screen, seq: afterSeq, t_ms };
  };
  return {
    label,
    commandFor: (t_ms) => `cassette play ${quoted(label)} --from ${t_ms}ms`,
    size: { rows, cols },
    events,
    frames,
    final: cassette.final,
    cells: async ({ seq }) => (await storedCells(cassette, seq)) ?? (await screenAt(seq)).screen.cells ?? [],
    bytes,
    screenAt,
    replayedMs: clock.monotonic(),
    close: () => opened?.close(),
  };
}

async function storedCells(cassette: Cassette, seq: number): Promise<Cell[][] | undefined> {
  for await (const frame of cassette.frames()) if (frame.seq === seq) return frame.cells;
  return undefined;
}

/** An argument, quoted for a shell. */
function quoted(argument: string): string {
  return /^[\w./@%+=:,-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", `'\\''`)}'`;
}
