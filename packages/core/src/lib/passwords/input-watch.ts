import type {
  InputRecord,
  KnownModes,
  PtyEvent,
  PtyInputEvent,
  PtyOutputEvent,
  Screen,
} from "@cassette/format";
import type { HeldInput } from "../recorder/held-input.js";
import type { Recorder } from "../recorder/recorder.js";
import { isHiddenLine } from "../recorder/withheld-input.js";
import { endsTypedLine } from "../typed-line.js";
import { maskKnown } from "./mask-known.js";
import {
  addKeys,
  type Decision,
  decideAtEnd,
  decideBefore,
  isPrintedAtEnd,
  observeScreen,
  type PasswordRun,
  startRun,
} from "./password-run.js";
import { findPromptField } from "./prompt-field.js";
import {
  addPrinted,
  addTypeAhead,
  clearTypeAhead,
  createTypeAhead,
  maskEchoes,
  type TypeAhead,
  type TypedAheadInput,
  unfinishedInputs,
} from "./type-ahead.js";
import { readTypedKeys } from "./typed-keys.js";
import { typedSecret } from "./typed-secret.js";

/** Records the events of a session, and withholds what is typed at a prompt for a secret in raw mode. */
export interface InputWatch {
  /** Records an event. Call it for output before the screen shows it. */
  record(event: PtyEvent): Promise<void>;
  /** Call this when the screen shows an output event. */
  shown(event: PtyEvent): Promise<void>;
  /** Withheld texts that can be searched for; only in the memory of this process. */
  readonly secrets: readonly string[];
  /** Input typed ahead of the prompt that read it, as sealing has to record it; by `seq`. */
  readonly typedAhead: ReadonlyMap<number, InputRecord>;
  /** Whether input was withheld because the terminal's modes could not be read. */
  readonly isUnreadable: boolean;
}

/** What an input watch needs. */
export interface InputWatchOptions {
  recorder: Pick<Recorder, "recordSessionEvent" | "holdInput" | "overwrite">;
  /** The current screen; null if it cannot be drawn. */
  snapshot: () => Promise<Screen | null>;
  /** Whether a text is long and random enough to be searched for. Default: none is. */
  isDistinct?: (text: string) => boolean;
}

const MASK = 0x2a;
const LINE_ENDS = /[\r\n\x03\x04\x1a\x1c]/;

/** The state of an input watch. */
interface WatchState extends InputWatchOptions {
  run: PasswordRun | null;
  held: { input: HeldInput; lineEnds: number }[];
  secrets: string[];
  /** The same as bytes, if each byte takes one column. */
  maskable: Uint8Array[];
  /** Keys of the unfinished line that the recorder withholds. */
  hiddenLine: string;
  ahead: TypeAhead;
  typedAhead: Map<number, InputRecord>;
  isUnreadable: boolean;
}

/** Makes an input watch for a recorder. */
export function createInputWatch(options: InputWatchOptions): InputWatch {
  const state: WatchState = {
    ...options,
    run: null,
    held: [],
    secrets: [],
    maskable: [],
    hiddenLine: "",
    ahead: createTypeAhead(),
    typedAhead: new Map(),
    isUnreadable: false,
  };
  return {
    async record(event) {
      if (event.kind === "input" && event.origin !== "answer") return recordTyped(state, event);
      if (event.kind === "output") {
        await recordOutput(state, event);
        return;
      }
      if (event.kind !== "input") await settle(state, decide(state, event.t_ms, false));
      state.recorder.recordSessionEvent(event);
    },
    async shown(event) {
      const { run } = state;
      if (run === null || event.kind !== "output") return;
      const screen = await state.snapshot();
      if (screen) await settle(state, observeScreen(run, screen, event.bytes, event.t_ms));
    },
    secrets: state.secrets,
    typedAhead: state.typedAhead,
    get isUnreadable() {
      return state.isUnreadable;
    },
  };
}

/** Records output with known secrets masked, and checks whether a prompt in it was answered by input typed ahead. */
async function recordOutput(state: WatchState, event: PtyOutputEvent): Promise<void> {
  const { run, ahead, recorder } = state;
  if (run !== null && isPrintedAtEnd(run, event.bytes)) remember(state, run.typed);
  const bytes = maskKnown(event.bytes, state.maskable);
  const record = recorder.recordSessionEvent({ ...event, bytes });
  if (record === null || !("sha256" in record)) return;
  if (addPrinted(ahead, { record, bytes: Buffer.from(bytes) }, event.t_ms)) {
    await withholdAhead(state, [...ahead.inputs]);
    clearTypeAhead(ahead);
  }
}

/** Withholds records that turned out to be a secret. */
async function withholdAhead(state: WatchState, inputs: readonly TypedAheadInput[]): Promise<void> {
  if (inputs.length === 0) return;
  for (const { record, bytes } of inputs) {
    const { seq, t_ms, kind } = record;
    const stars = new Uint8Array(bytes.length).fill(MASK);
    const part = countLineEnds(bytes) > 0 ? {} : { bytes: stars };
    state.typedAhead.set(seq, { seq, t_ms, kind, withheld: true, ...part });
  }
  const typed = Buffer.concat(inputs.map(({ bytes }) => bytes)).toString("utf8");
  for (const line of typed.split(LINE_ENDS)) remember(state, line);
  await state.recorder.overwrite(
    inputs.map(({ record }) => record),
    maskEchoes(state.ahead, inputs),
  );
}

async function recordTyped(state: WatchState, event: PtyInputEvent): Promise<void> {
  const isUnreadable = event.modes === "unreadable";
  // If modes cannot be read in the middle of a password, the password continues.
  const mayBePrompt =
    event.origin === "typed" && (isHidden(event.modes) || (isUnreadable && state.run !== null));
  await settle(state, decide(state, event.t_ms, mayBePrompt));
  state.isUnreadable ||= isUnreadable;
  if (mayBePrompt && (await isSecretKey(state, event))) return;
  if (event.origin === "typed" && isHiddenLine(event.modes)) {
    noteHiddenLine(state, event.bytes);
    await withholdAhead(state, unfinishedInputs(state.ahead));
  }
  const record = state.recorder.recordSessionEvent(event);
  if (isEchoed(event.modes) && record !== null && "kind" in record)
    addTypeAhead(state.ahead, record, event.t_ms);
  else clearTypeAhead(state.ahead);
}

/** Whether a key belongs to a run; if so, it is held. */
async function isSecretKey(state: WatchState, event: PtyInputEvent): Promise<boolean> {
  const keys = readTypedKeys(event.bytes);
  if (state.run === null) {
    if (keys.text === "" || event.modes === "unreadable") return false;
    const before = await state.snapshot();
    if (before === null) return withhold(state, event);
    const field = findPromptField(before);
    if (field === null) return false;
    state.run = startRun(field, before);
  }
  addKeys(state.run, keys, event.t_ms);
  const isHeld = keys.end !== "leave" || keys.text !== "";
  if (isHeld)
    state.held.push({ input: state.recorder.holdInput(event), lineEnds: countLineEnds(event.bytes) });
  await settle(state, decideAtEnd(state.run));
  return isHeld;
}

/** Without a screen it is unknown whether a secret is typed. */
function withhold({ recorder }: WatchState, event: PtyInputEvent): true {
  recorder.holdInput(event).settle("withheld");
  return true;
}

function decide({ run }: WatchState, t_ms: number, mayGoOn: boolean): Decision {
  return run === null ? "open" : decideBefore(run, t_ms, mayGoOn);
}

async function settle(state: WatchState, decision: Decision): Promise<void> {
  const { run, held } = state;
  if (run === null || decision === "open") return;
  state.run = null;
  if (decision === "secret") for (const line of run.keys.split(LINE_ENDS)) remember(state, line);
  const lastEnd = held.findLastIndex(({ lineEnds }) => lineEnds > 0);
  for (const [index, { input, lineEnds }] of held.splice(0).entries()) {
    if (decision === "clear") input.settle("typed");
    else if (index > lastEnd) input.settle("withheld");
    else input.settle(lineEnds > 0 ? "withheld-line" : "withheld-part");
  }
  if (decision === "secret") await withholdAhead(state, unfinishedInputs(state.ahead));
  clearTypeAhead(state.ahead);
}

/** Follows the input at a prompt that the recorder withholds line by line. */
function noteHiddenLine(state: WatchState, bytes: Uint8Array): void {
  const [first = "", ...rest] = Buffer.from(bytes).toString("utf8").split(LINE_ENDS);
  const lines = [`${state.hiddenLine}${first}`, ...rest];
  state.hiddenLine = lines.pop() ?? "";
  for (const line of lines) remember(state, line);
}

function remember({ secrets, maskable, isDistinct }: WatchState, keys: string): void {
  const secret = typedSecret(keys);
  if (!isDistinct?.(secret) || secrets.includes(secret)) return;
  secrets.push(secret);
  if (/^[\x20-\x7e]*$/.test(secret)) maskable.push(Buffer.from(secret));
}

/** Whether a program reads single keys without the kernel's echo. */
function isHidden(modes: KnownModes): boolean {
  return modes !== null && modes !== "unreadable" && !modes.canonical && !modes.echo;
}

/** Whether the terminal reads lines and echoes them for the program. */
function isEchoed(modes: KnownModes): boolean {
  return modes !== null && modes !== "unreadable" && modes.canonical && modes.echo;
}

function countLineEnds(bytes: Uint8Array): number {
  return bytes.filter(endsTypedLine).length;
}
