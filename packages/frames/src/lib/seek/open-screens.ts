import { setImmediate as othersTurn } from "node:timers/promises";
import type { Emulator, EmulatorFactory, SampledEvent, Screen, TerminalSize } from "@cassette/format";
import { createXtermEmulator } from "../xterm/xterm-emulator.js";
import { type Checkpoint, createCheckpoints } from "./checkpoints.js";

/** What a recording is read from, again and again. */
export interface ScreensOptions {
  /** The terminal's first size. */
  size: TerminalSize;
  /** The events with a greater `seq`, in order; everything for 0. Is called for each seek: it should not read from the start. */
  events: (afterSeq: number) => AsyncIterable<SampledEvent>;
  /** {@link createXtermEmulator} unless told. Without checkpoints every step backwards starts from the beginning. */
  createEmulator?: EmulatorFactory;
  /** Bytes of output from one checkpoint to the next; unless told, as many as keep checkpoints under 2 % of the output. */
  checkpointEvery?: number;
}

/** A place in a recording: after the last event with that `seq` or `t_ms`, or an earlier one. */
export type Moment = { seq: number } | { t_ms: number };

/** The screen at a moment. */
export interface ScreenAt {
  screen: Screen;
  /** The last event it shows; 0 for the screen before the first. */
  afterSeq: number;
  t_ms: number;
}

/** The screens of a recording at any moment, forwards and backwards. */
export interface Screens {
  /** The screen at a moment, the same as a replay from the start shows. Calls made meanwhile wait their turn. */
  at(moment: Moment, options?: { cells?: boolean }): Promise<ScreenAt>;
  /**
   * Replays what no checkpoint covers yet, beside {@link at} and in short turns, so that every later call is quick.
   * Resolves early when closed.
   */
  prepare(): Promise<void>;
  /** Memory the checkpoints take, about. */
  readonly checkpointBytes: number;
  close(): void;
}

const END: Moment = { seq: Number.POSITIVE_INFINITY };
/** Work of one turn of `prepare`: some milliseconds. An event costs something whatever its size. */
const TURN_BYTES = 128 * 1_024;
const EVENT_BYTES = 256;

/** Opens the screens of a recording. Checkpoints are taken as the replay comes by, and kept in memory only. */
export function openScreens({
  size,
  events,
  createEmulator = createXtermEmulator,
  checkpointEvery,
}: ScreensOptions): Screens {
  const checkpoints = createCheckpoints(checkpointEvery);
  let emulator = createEmulator(size);
  let position = START;
  let turn: Promise<unknown> = Promise.resolve();
  let closed = false;

  /** Puts the emulator to the nearest known place that is not after the moment. */
  function goBack(moment: Moment): void {
    const nearest = checkpoints.nearest((place) => isWithin(place, moment));
    const isUsable = isWithin(position, moment);
    if (isUsable && (nearest === undefined || nearest.position.seq <= position.seq)) return;
    emulator.close();
    emulator = nearest?.state.restore() ?? createEmulator(size);
    position = nearest?.position ?? START;
  }

  async function goForward(moment: Moment): Promise<void> {
    for await (const event of events(position.seq)) {
      if (event.kind === "final" || !isWithin(event, moment)) return;
      await apply(emulator, event);
      position = after(position, event);
      const isFirst = checkpoints.bytes === 0;
      if (checkpoints.offer(position, emulator) && isFirst) goOnFromCheckpoint();
    }
  }

  /** Changes over to a restored emulator, so that what the engine optimises from now on fits those too. */
  function goOnFromCheckpoint(): void {
    const here = checkpoints.nearest(({ seq }) => seq <= position.seq);
    if (here?.position.seq !== position.seq) return;
    emulator.close();
    emulator = here.state.restore();
  }

  /** Goes through what lies after the last checkpoint with an emulator of its own. */
  async function prepare(): Promise<void> {
    const last = checkpoints.nearest((place) => isWithin(place, END));
    let place = last?.position ?? START;
    const walker = last?.state.restore() ?? createEmulator(size);
    let work = 0;
    try {
      for await (const event of events(place.seq)) {
        if (closed || event.kind === "final") return;
        await apply(walker, event);
        place = after(place, event);
        checkpoints.offer(place, walker);
        work += EVENT_BYTES + (event.kind === "output" ? event.bytes.length : 0);
        if (work < TURN_BYTES) continue;
        work = 0;
        await othersTurn();
      }
    } finally {
      walker.close();
    }
  }

  function inTurn<T>(action: () => Promise<T>): Promise<T> {
    const result = turn.then(action);
    turn = result.catch(() => {});
    return result;
  }

  return {
    at: (moment, options) =>
      inTurn(async () => {
        goBack(moment);
        await goForward(moment);
        return { screen: emulator.snapshot(options), afterSeq: position.seq, t_ms: position.t_ms };
      }),
    prepare,
    get checkpointBytes() {
      return checkpoints.bytes;
    },
    close() {
      closed = true;
      emulator.close();
    },
  };
}

const START: Checkpoint["position"] = { seq: 0, t_ms: 0, bytes: 0 };

function after({ bytes }: Checkpoint["position"], event: SampledEvent): Checkpoint["position"] {
  const more = event.kind === "output" ? event.bytes.length : 0;
  return { seq: event.seq, t_ms: event.t_ms, bytes: bytes + more };
}

function isWithin(place: { seq: number; t_ms: number }, moment: Moment): boolean {
  return "seq" in moment ? place.seq <= moment.seq : place.seq === 0 || place.t_ms <= moment.t_ms;
}

async function apply(emulator: Emulator, event: SampledEvent): Promise<void> {
  if (event.kind === "output") await emulator.feed(event.bytes);
  else if (event.kind === "resize") emulator.resize({ rows: event.size.Rows, cols: event.size.Cols });
  emulator.takeReplies();
}
