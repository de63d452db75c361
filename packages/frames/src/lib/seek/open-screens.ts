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
import { createXtermEmulator } from "../emulator/xterm-emulator.js";
import { type Checkpoint, type Checkpoints, createCheckpoints } from "./checkpoints.js";

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
  /** Default: {@link createXtermEmulator}. Without checkpoints every step backwards starts from the beginning. */
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

/** An emulator at a place of a recording. */
interface Drawn {
  emulator: Emulator;
  position: Place;
}

/** A recording whose screens are open. */
interface Recording extends Pick<ScreensOptions, "events"> {
  readonly create: () => Emulator;
  readonly checkpoints: Checkpoints;
  /** Bytes drawn at once, at most. */
  readonly stepWork: number;
  /** The place of the last resize. What came before is in checkpoints, where history takes most of the room. */
  readonly historyEnd: () => Promise<number>;
  /** The screen that was shown last. */
  readonly shown: Drawn;
  isClosed: boolean;
  /** How far {@link prepare} has come; null when it is not at work. */
  prepared: Place | null;
  notifyProgress: () => void;
}

/** Opens the screens of a recording. Checkpoints are taken as the replay comes by, and kept in memory only. */
export function openScreens({
  size,
  events,
  lastResize = async () => Number.POSITIVE_INFINITY,
  emulator: like,
  createEmulator = createXtermEmulator,
  checkpointEvery,
}: ScreensOptions): Screens {
  const create = () => createEmulator(size, like);
  let historyEnd: Promise<number> | undefined;
  const recording: Recording = {
    events,
    create,
    checkpoints: createCheckpoints(checkpointEvery),
    stepWork: Math.min(STEP_BYTES, checkpointEvery ?? STEP_BYTES),
    historyEnd() {
      historyEnd ??= lastResize();
      return historyEnd;
    },
    shown: { emulator: create(), position: START },
    isClosed: false,
    prepared: null,
    notifyProgress: () => {},
  };
  let turn: Promise<unknown> = Promise.resolve();
  return {
    at(moment, options) {
      const result = turn.then(() => show(recording, moment, options));
      turn = result.catch(() => {});
      return result;
    },
    prepare: () => prepare(recording),
    get checkpointBytes() {
      return recording.checkpoints.bytes;
    },
    close() {
      recording.isClosed = true;
      recording.shown.emulator.close();
    },
  };
}

async function show(
  recording: Recording,
  moment: Moment,
  { signal, ...wanted }: SnapshotOptions & { signal?: AbortSignal } = {},
): Promise<ScreenAt> {
  signal?.throwIfAborted();
  await letPrepare(recording, moment, signal);
  goBack(recording, moment);
  await goForward(recording, moment, signal);
  const { emulator, position } = recording.shown;
  return { screen: emulator.snapshot(wanted), afterSeq: position.seq, t_ms: position.t_ms };
}

/** Restores the nearest checkpoint that is not after the moment. */
function goBack({ checkpoints, shown, create }: Recording, moment: Moment): void {
  const nearest = checkpoints.nearest((place) => isWithin(place, moment));
  const isUsable = isWithin(shown.position, moment);
  if (isUsable && (nearest === undefined || nearest.position.seq <= shown.position.seq)) return;
  shown.emulator.close();
  shown.emulator = nearest?.state.restore() ?? create();
  shown.position = nearest?.position ?? START;
}

async function goForward(recording: Recording, moment: Moment, signal?: AbortSignal): Promise<void> {
  const { checkpoints, shown } = recording;
  for await (const step of stepsTo(recording, moment, shown.position)) {
    signal?.throwIfAborted();
    await apply(shown.emulator, step);
    shown.position = step.place;
    await forgetPast(recording, shown);
    const isFirst = checkpoints.bytes === 0;
    if (checkpoints.offer(shown.position, shown.emulator) && isFirst) goOnFromCheckpoint(recording);
  }
}

async function forgetPast({ historyEnd }: Recording, { emulator, position }: Drawn): Promise<void> {
  if (position.seq >= (await historyEnd())) emulator.dropScrollback?.();
}

/** Switches to a restored emulator early, so that the engine optimises for those too. */
function goOnFromCheckpoint({ checkpoints, shown }: Recording): void {
  const here = checkpoints.nearest(({ seq }) => seq <= shown.position.seq);
  if (here?.position.seq !== shown.position.seq) return;
  shown.emulator.close();
  shown.emulator = here.state.restore();
}

/** Replays the part after the last checkpoint with a second emulator. */
async function prepare(recording: Recording): Promise<void> {
  const { checkpoints, create } = recording;
  const last = checkpoints.nearest((place) => isWithin(place, END));
  const walker = { emulator: last?.state.restore() ?? create(), position: last?.position ?? START };
  recording.prepared = walker.position;
  try {
    if (walker.emulator.checkpoint) await walkToEnd(recording, walker);
  } finally {
    recording.prepared = null;
    recording.notifyProgress();
    walker.emulator.close();
  }
}

async function walkToEnd(recording: Recording, walker: Drawn): Promise<void> {
  let turnEnd = TURN_BYTES;
  let work = 0;
  for await (const step of stepsTo(recording, END, walker.position)) {
    if (recording.isClosed) return;
    await apply(walker.emulator, step);
    walker.position = step.place;
    await forgetPast(recording, walker);
    recording.checkpoints.offer(step.place, walker.emulator);
    recording.prepared = step.place;
    work += step.work;
    if (work < turnEnd) continue;
    turnEnd = work + TURN_BYTES;
    recording.notifyProgress();
    await othersTurn();
  }
}

/** What {@link prepare} draws on the way to a moment is not drawn a second time. */
async function letPrepare(recording: Recording, moment: Moment, signal?: AbortSignal): Promise<void> {
  const { position } = recording.shown;
  const known = recording.checkpoints.nearest((place) => isWithin(place, moment))?.position ?? START;
  const nearest = isWithin(position, moment) && position.seq > known.seq ? position : known;
  while (
    recording.prepared &&
    recording.prepared.seq >= nearest.seq &&
    isWithin(recording.prepared, moment)
  ) {
    await new Promise<void>((resolve) => {
      recording.notifyProgress = resolve;
    });
    signal?.throwIfAborted();
  }
}

/** Joins small pieces of output, which are then drawn in half the time. */
async function* stepsTo({ events, stepWork }: Recording, moment: Moment, from: Place): AsyncGenerator<Step> {
  let pieces: Uint8Array[] = [];
  let work = 0;
  let place = from;
  const stepTo = (size: Size | null): Step => ({ output: joined(pieces), size, place, work });
  for await (const event of events(from.seq)) {
    if (event.kind === "final" || !isWithin(event, moment)) break;
    const output = event.kind === "output" ? event.bytes : NO_BYTES;
    pieces.push(output);
    place = { seq: event.seq, t_ms: event.t_ms, bytes: place.bytes + output.length };
    work += EVENT_BYTES + output.length;
    if (event.kind !== "resize" && work < stepWork) continue;
    yield stepTo(event.kind === "resize" ? event.size : null);
    [pieces, work] = [[], 0];
  }
  if (work > 0) yield stepTo(null);
}

const NO_BYTES = new Uint8Array();

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
