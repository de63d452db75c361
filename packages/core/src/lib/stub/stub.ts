import type { FinalRecord, FrameRecord, InputRecord, TerminalSize } from "@cassette/format";
import type { Cassette } from "../reader/cassette.js";
import { demandAllInputs } from "./all-inputs.js";
import { driveReplay, type ReplayHandlers } from "./drive-replay.js";
import { createInputClassifier, type InputClassifier } from "./input-classifier.js";
import { createInputMatcher, type Difference, type InputMatcher } from "./input-matcher.js";
import { createJoiningPrinter } from "./joining-printer.js";
import { createPace, type Pace, type PaceOptions } from "./pace.js";

/** Options of a stub. */
export interface StubOptions extends PaceOptions {
  /** Prints a recorded chunk; resolves when the next may come. */
  write(bytes: Uint8Array): Promise<void> | void;
  /** Milliseconds to wait for an input. Default: for ever. */
  timeoutMs?: number;
  /** Maps inputs that count as equal to the same text. */
  normalise?: (text: string) => string;
  /** Whether a recorded resize is awaited: until then the stub waits. Default: "ignore". */
  resizes?: "wait" | "ignore";
}

/** Why a recording could not continue. */
export type StubFailure = "mismatch" | "unexpected-input" | "silent" | "vanished" | "not-resized";

/** The expected and the actual input. */
export interface StubReport {
  reason: StubFailure;
  /** `seq` of the recorded input that was awaited; that of the end if none was left. */
  seq: number;
  t_ms: number;
  expected: Uint8Array;
  /** With `*` where the recording was masked or withheld. */
  got: Uint8Array;
  /** Number of bytes of `got` that are, or count as, the beginning of `expected`. */
  at: number;
  /** The last screen before it; null if there was none. */
  screen: FrameRecord | null;
}

/** The end of a stub: as recorded, or what went wrong. */
export type StubOutcome = { ok: true; final: FinalRecord } | { ok: false; report: StubReport };

/** A recording that behaves as the program did. */
export interface Stub {
  /** Receives input, at any time and in pieces of any size; replies of the terminal are ignored. */
  receive(bytes: Uint8Array): void;
  /** Reports the size of the driver's terminal, at first and whenever it changes. */
  resized(size: TerminalSize): void;
  /** Call this when no input can arrive any more. */
  hangUp(): void;
  /** Prints and waits until the recorded end. @throws signal.reason when aborted. */
  run(signal?: AbortSignal): Promise<StubOutcome>;
}

const NOTHING = new Uint8Array();
const ASTERISK = 0x2a;

/** A stub's parts, and what it knows of its driver. */
interface StubState {
  readonly cassette: Cassette;
  readonly options: StubOptions;
  readonly pace: Pace;
  readonly matcher: InputMatcher;
  readonly classifier: InputClassifier;
  /** Whether no input can arrive any more. */
  isGone: boolean;
  /** Ends the wait for input. */
  wake: () => void;
  /** The size of the driver's terminal, if it is known. */
  size: TerminalSize | null;
}

/**
 * Makes a stub of an open cassette. It ignores replies; resizes too, by default. Of
 * signals it awaits a hangup.
 * @throws CassetteError CASSETTE_RECORDING_CUT.
 */
export function createStub(cassette: Cassette, options: StubOptions): Stub {
  demandAllInputs(cassette);
  const stub: StubState = {
    cassette,
    options,
    pace: createPace(options),
    matcher: createInputMatcher(options.normalise),
    classifier: createInputClassifier(),
    isGone: false,
    wake: () => {},
    size: null,
  };
  return {
    receive: (bytes) => receive(stub, bytes),
    resized(size) {
      stub.size = size;
      stub.wake();
    },
    hangUp() {
      stub.isGone = true;
      stub.wake();
    },
    run: (signal) => run(stub, signal),
  };
}

function receive(stub: StubState, bytes: Uint8Array): void {
  for (const { bytes: piece, kind } of stub.classifier.take(bytes)) {
    if (kind !== "answer") stub.matcher.push(piece);
  }
  stub.wake();
}

async function run(stub: StubState, signal?: AbortSignal): Promise<StubOutcome> {
  const { cassette, options, pace, matcher } = stub;
  const printer = createJoiningPrinter(options.write);
  let failure = null as StubReport | null;
  const handlers: ReplayHandlers = {
    pace,
    onOutput: pace.isCollapsed ? printer.add : options.write,
    async onInput(record) {
      await printer.flush();
      const wait = waitFor(stub, record);
      if (wait === null) return true;
      failure = await wait(stub, record, signal);
      pace.restart(record.t_ms);
      return failure === null;
    },
  };
  const final = await driveReplay(cassette, handlers, signal);
  await printer.flush();
  takeHeld(stub);
  if (final && matcher.left.length > 0) failure = await report(stub, "unexpected-input", final);
  return failure ? { ok: false, report: failure } : { ok: true, final: cassette.final };
}

type Wait = (stub: StubState, record: InputRecord, signal?: AbortSignal) => Promise<StubReport | null>;

/** How a stub waits for a record; null if it does not. */
function waitFor({ options }: StubState, record: InputRecord): Wait | null {
  if (record.kind === "input") return waitForInput;
  if (record.signal === "SIGHUP") return waitForHangUp;
  return record.size && options.resizes === "wait" ? waitForSize : null;
}

/** Input that arrives meanwhile is compared later. */
const waitForSize: Wait = async (stub, record, signal) => {
  const { Rows, Cols } = record.size ?? {};
  for (;;) {
    const { size } = stub;
    if (size?.rows === Rows && size?.cols === Cols) return null;
    if (!stub.isGone && (await nextInput(stub, signal))) continue;
    const inWords = (cols?: number, rows?: number) => Buffer.from(`${cols}x${rows}`);
    const difference = { at: 0, expected: inWords(Cols, Rows), got: inWords(size?.cols, size?.rows) };
    return report(stub, stub.isGone ? "vanished" : "not-resized", record, difference);
  }
};

async function waitForInput(
  stub: StubState,
  record: InputRecord,
  signal?: AbortSignal,
): Promise<StubReport | null> {
  for (;;) {
    const match = stub.matcher.match(record);
    if (match === "matched") return null;
    if (match !== "more") return await report(stub, "mismatch", record, match);
    const mayCome = !stub.isGone && !isWholeWithHeld(stub, record);
    if (mayCome && (await nextInput(stub, signal))) continue;
    if (!takeHeld(stub)) return await report(stub, stub.isGone ? "vanished" : "silent", record);
  }
}

/** The recorded driver ended the program by hanging up: the stub waits for that. */
async function waitForHangUp(
  stub: StubState,
  record: InputRecord,
  signal?: AbortSignal,
): Promise<StubReport | null> {
  while (!stub.isGone) {
    if (stub.matcher.left.length > 0) return await report(stub, "unexpected-input", record);
    if (!(await nextInput(stub, signal))) return await report(stub, "silent", record);
  }
  return null;
}

/** Waits for input or the end of the driver. @returns false if the time limit was reached first. */
function nextInput(stub: StubState, signal?: AbortSignal): Promise<boolean> {
  const { timeoutMs } = stub.options;
  return new Promise((resolve, reject) => {
    const timer =
      timeoutMs === undefined ? undefined : setTimeout(() => end(() => resolve(false)), timeoutMs);
    const onAbort = () => end(() => reject(signal?.reason));
    const end = (settle: () => void) => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", onAbort);
      settle();
    };
    stub.wake = () => end(() => resolve(true));
    signal?.addEventListener("abort", onAbort, { once: true });
  });
}

/** Treats the held beginning of a reply as typed. @returns false if nothing is held. */
function takeHeld({ classifier, matcher }: StubState): boolean {
  const { held } = classifier;
  for (const { bytes } of classifier.flush()) matcher.push(bytes);
  return held.length > 0;
}

/** Whether exactly the held bytes are missing: a reply in pieces would be longer. */
function isWholeWithHeld({ classifier, matcher, options }: StubState, record: InputRecord): boolean {
  if (classifier.held.length === 0) return false;
  const trial = createInputMatcher(options.normalise);
  trial.push(matcher.left);
  trial.push(classifier.held);
  return trial.match(record) === "matched" && trial.left.length === 0;
}

async function report(
  { cassette, matcher }: StubState,
  reason: StubFailure,
  record: Pick<InputRecord, "seq" | "t_ms" | "bytes" | "masked" | "withheld">,
  difference: Difference = { at: 0, expected: record.bytes ?? NOTHING, got: matcher.left },
): Promise<StubReport> {
  const { seq, t_ms } = record;
  const got = hideSecret(difference.got, record);
  return { reason, seq, t_ms, ...difference, got, screen: await lastFrame(cassette, seq) };
}

/** The last frame before a record. */
async function lastFrame(cassette: Cassette, before: number): Promise<FrameRecord | null> {
  let last: FrameRecord | null = null;
  for await (const { kind, record } of cassette.events({ kinds: ["frame"] })) {
    if (record.seq > before) break;
    if (kind === "frame") last = record;
  }
  return last;
}

/** Input typed where a secret was recorded is itself a secret. */
function hideSecret(
  got: Uint8Array,
  { masked = [], withheld }: Pick<InputRecord, "masked" | "withheld">,
): Uint8Array {
  const shown = Uint8Array.from(got);
  if (withheld) return shown.fill(ASTERISK);
  for (const [start, end] of masked) shown.fill(ASTERISK, start, end);
  return shown;
}
