import { setImmediate as othersTurn } from "node:timers/promises";
import type {
  Emulator,
  EmulatorFactory,
  EmulatorIdentity,
  SampledEvent,
  Screen,
  Size,
  SnapshotOptions,
  TerminalSize,
} from "@cassette/format";
import { createXtermEmulator } from "../xterm/xterm-emulator.js";
import { type Checkpoint, createCheckpoints } from "./checkpoints.js";

/** How the recording is read; each seek reads a part of it again. */
export interface ScreensOptions {
  /** The terminal's first size. */
  size: TerminalSize;
  /** The events with a greater `seq`, in order; everything for 0. Is called for each seek: it should not read from the start. */
  events: (afterSeq: number) => AsyncIterable<SampledEvent>;
  /** Finds the `seq` of the last resize, 0 without any; lines above the screen are kept until then. Without it, always. */
  lastResize?: () => Promise<number>;
  /** The emulator that the manifest names; characters take as many columns as there. */
  emulator?: EmulatorIdentity;
  /** {@link createXtermEmulator} unless told. Without checkpoints every step backwards starts from the beginning. */
  createEmulator?: EmulatorFactory;
  /** Bytes of output from one checkpoint to the next. Default: as many as keep checkpoints under 2 % of the output. */
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
  /**
   * The screen at a moment, the same as a replay from the start shows. Calls made meanwhile wait their turn.
   * @throws the signal's reason when that is aborted before the screen is drawn.
   */
  at(moment: Moment, options?: SnapshotOptions & { signal?: AbortSignal }): Promise<ScreenAt>;
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
/** Work of one turn of `prepare`: some milliseconds. Each event has a fixed cost besides its size. */
const TURN_BYTES = 128 * 1_024;
const EVENT_BYTES = 256;
/** Bytes drawn at once: larger pieces are not drawn faster. */
const STEP_BYTES = 32 * 1_024;

/** Opens the screens of a recording. Checkpoints are taken as the replay comes by, and kept in memory only. */
export function openScreens({
  size,
  events,
  lastResize = async () => Number.POSITIVE_INFINITY,
  emulator: like,
  createEmulator = createXtermEmulator,
  checkpointEvery,
}: ScreensOptions): Screens {
  const checkpoints = createCheckpoints(checkpointEvery);
  const stepWork = Math.min(STEP_BYTES, checkpointEvery ?? STEP_BYTES);
  let emulator = createEmulator(size, like);
  let position = START;
  let turn: Promise<unknown> = Promise.resolve();
  let closed = false;
  /** How far {@link prepare} has come; null when it is not at work. */
  let prepared: Place | null = null;
  let notifyProgress = () => {};
  /** What came before is in checkpoints, where history takes most of the room. */
  let historyEnd: Promise<number> | undefined;

  async function forgetPast(drawn: Emulator, { seq }: Place): Promise<void> {
    historyEnd ??= lastResize();
    if (seq >= (await historyEnd)) drawn.dropScrollback?.();
  }

  /** Restores the nearest checkpoint that is not after the moment. */
  function goBack(moment: Moment): void {
    const nearest = checkpoints.nearest((place) => isWithin(place, moment));
    const isUsable = isWithin(position, moment);
    if (isUsable && (nearest === undefined || nearest.position.seq <= position.seq)) return;
    emulator.close();
    emulator = nearest?.state.restore() ?? createEmulator(size, like);
    position = nearest?.position ?? START;
  }

  async function goForward(moment: Moment, signal?: AbortSignal): Promise<void> {
    for await (const step of stepsTo(moment, position)) {
      signal?.throwIfAborted();
      await apply(emulator, step);
      position = step.place;
      await forgetPast(emulator, position);
      const isFirst = checkpoints.bytes === 0;
      if (checkpoints.offer(position, emulator) && isFirst) goOnFromCheckpoint();
    }
  }

  /** Switches to a restored emulator early, so that the engine optimises for those too. */
  function goOnFromCheckpoint(): void {
    const here = checkpoints.nearest(({ seq }) => seq <= position.seq);
    if (here?.position.seq !== position.seq) return;
    emulator.close();
    emulator = here.state.restore();
  }

  /** Replays the part after the last checkpoint with a second emulator. */
  async function prepare(): Promise<void> {
    const last = checkpoints.nearest((place) => isWithin(place, END));
    const start = last?.position ?? START;
    const walker = last?.state.restore() ?? createEmulator(size, like);
    let turnEnd = TURN_BYTES;
    let work = 0;
    prepared = start;
    try {
      if (!walker.checkpoint) return;
      for await (const step of stepsTo(END, start)) {
        if (closed) return;
        await apply(walker, step);
        await forgetPast(walker, step.place);
        checkpoints.offer(step.place, walker);
        prepared = step.place;
        work += step.work;
        if (work < turnEnd) continue;
        turnEnd = work + TURN_BYTES;
        notifyProgress();
        await othersTurn();
      }
    } finally {
      prepared = null;
      notifyProgress();
      walker.close();
    }
  }

  /** What {@link prepare} draws on the way to a moment is not drawn a second time. */
  async function letPrepare(moment: Moment, signal?: AbortSignal): Promise<void> {
    const known = checkpoints.nearest((place) => isWithin(place, moment))?.position ?? START;
    const nearest = isWithin(position, moment) && position.seq > known.seq ? position : known;
    while (prepared && prepared.seq >= nearest.seq && isWithin(prepared, moment)) {
      await new Promise<void>((resolve) => {
        notifyProgress = resolve;
      });
      signal?.throwIfAborted();
    }
  }

  /** Joins small pieces of output, which are then drawn in half the time. */
  async function* stepsTo(moment: Moment, from: Place): AsyncGenerator<Step> {
    let pieces: Uint8Array[] = [];
    let { bytes } = from;
    let work = 0;
    let place = from;
    const stepTo = (size: Size | null): Step => ({ output: joined(pieces), size, place, work });
    for await (const event of events(from.seq)) {
      if (event.kind === "final" || !isWithin(event, moment)) break;
      if (event.kind === "output") {
        pieces.push(event.bytes);
        bytes += event.bytes.length;
      }
      place = { seq: event.seq, t_ms: event.t_ms, bytes };
      work += EVENT_BYTES + (event.kind === "output" ? event.bytes.length : 0);
      if (event.kind !== "resize" && work < stepWork) continue;
      yield stepTo(event.kind === "resize" ? event.size : null);
      [pieces, work] = [[], 0];
    }
    if (work > 0) yield stepTo(null);
  }

  function inTurn<T>(action: () => Promise<T>): Promise<T> {
    const result = turn.then(action);
    turn = result.catch(() => {});
    return result;
  }

  return {
    at: (moment, { signal, ...wanted } = {}) =>
      inTurn(async () => {
        signal?.throwIfAborted();
        await letPrepare(moment, signal);
        goBack(moment);
        await goForward(moment, signal);
        return { screen: emulator.snapshot(wanted), afterSeq: position.seq, t_ms: position.t_ms };
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

/** Some events in one: output, then perhaps another size. */
interface Step {
  output: Uint8Array;
  size: Size | null;
  /** After it. */
  place: Place;
  /** What drawing it costs, in bytes. */
  work: number;
}

type Place = Checkpoint["position"];

const START: Place = { seq: 0, t_ms: 0, bytes: 0 };

function isWithin(place: { seq: number; t_ms: number }, moment: Moment): boolean {
  return "seq" in moment ? place.seq <= moment.seq : place.seq === 0 || place.t_ms <= moment.t_ms;
}

async function apply(emulator: Emulator, { output, size }: Step): Promise<void> {
  if (output.length > 0) await emulator.feed(output);
  if (size) emulator.resize({ rows: size.Rows, cols: size.Cols });
  emulator.takeReplies();
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const [first = new Uint8Array(), ...others] = pieces;
  return others.length === 0 ? first : Buffer.concat(pieces);
}
