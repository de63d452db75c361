import type {
  InputRecord,
  KnownModes,
  PtyEvent,
  PtyInputEvent,
  PtyOutputEvent,
  Screen,
} from "@cassette/format";
import type { Recorder } from "../recorder/recorder.js";
import { endsTypedLine } from "../typed-line.js";
import { type EarlyKeys, earlyText, isEchoed, isTooLate } from "./early-keys.js";
import type { HeldInput } from "./held-input.js";
import { maskKnown } from "./mask-known.js";
import {
  addKeys,
  isPrintedAtEnd,
  judgeAtEnd,
  judgeBefore,
  lookAt,
  type PasswordRun,
  startRun,
  type Verdict,
} from "./password-run.js";
import { findPromptField, type PromptField } from "./prompt-field.js";
import { createReactionTime, type ReactionTime } from "./reaction-time.js";
import {
  type AheadInput,
  type AnsweredAhead,
  addAhead,
  addPrinted,
  clearAhead,
  createTypedAhead,
  isDue,
  isShownAgain,
  maskEchoes,
  type TypedAhead,
  unfinishedInputs,
} from "./typed-ahead.js";
import { readTypedKeys, type TypedKeys } from "./typed-keys.js";
import { addRecentKeys, isTypedPrompt } from "./typed-prompt.js";
import { typedSecret } from "./typed-secret.js";
import { isHiddenLine } from "./withheld-input.js";

/** Records the events of a session, and withholds what is typed at a prompt for a secret in raw mode. */
export interface InputWatch {
  /** Records an event. Of output it is to be called before the screen shows it. */
  record(event: PtyEvent): Promise<void>;
  /** To be called when the screen shows an output event. */
  shown(event: PtyEvent): Promise<void>;
  /** What was withheld and can be searched for; for as long as this process lives. */
  readonly secrets: readonly string[];
  /** What was typed before the prompt that read it, as sealing is to record it; by `seq`. */
  readonly typedAhead: ReadonlyMap<number, InputRecord>;
  /** Whether keys are held of which it is not known yet what they are. */
  readonly isUndecided: boolean;
  /** Whether input was withheld because the terminal's modes could not be read. */
  readonly isUnreadable: boolean;
}

/** What a watch works with. */
export interface InputWatchOptions {
  recorder: Pick<Recorder, "recordSessionEvent" | "holdInput" | "overwrite">;
  /** The screen after all that was shown; null if it cannot be drawn. */
  snapshot: () => Promise<Screen | null>;
  /** Whether a text is so long and random that it can be searched for. Default: none is. */
  isDistinct?: (text: string) => boolean;
}

const MASK = 0x2a;
const LINE_ENDS = /[\r\n\x03\x04\x1a\x1c]/;

/** What a watch knows. */
interface WatchState extends InputWatchOptions {
  run: PasswordRun | null;
  /** Held keys whose prompt no screen shows yet; null if there is a run, or if nothing is held. */
  early: EarlyKeys | null;
  /** Whether a key was typed in raw mode: before the first the program may not have drawn anything. */
  hasTypedRaw: boolean;
  held: { input: HeldInput; lineEnds: number }[];
  secrets: string[];
  /** The same as bytes, as far as they have the columns of their bytes. */
  maskable: Uint8Array[];
  /** Keys of a line that is not finished and that the recorder withholds. */
  hiddenLine: string;
  /** The keys of the last inputs, in which the user may have typed what looks like a prompt. */
  recentKeys: string;
  reaction: ReactionTime;
  ahead: TypedAhead;
  /** What a prompt seems to have read; null if there is nothing of the kind. */
  answered: AnsweredAhead | null;
  typedAhead: Map<number, InputRecord>;
  isUnreadable: boolean;
}

/** Makes a watch over a recorder. */
export function createInputWatch(options: InputWatchOptions): InputWatch {
  const state: WatchState = {
    ...options,
    run: null,
    early: null,
    hasTypedRaw: false,
    held: [],
    secrets: [],
    maskable: [],
    hiddenLine: "",
    recentKeys: "",
    reaction: createReactionTime(),
    ahead: createTypedAhead(),
    answered: null,
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
      if (event.kind !== "input") {
        giveUpEarly(state);
        await withholdAnswered(state);
        await settle(state, judge(state, event.t_ms, false));
      }
      state.recorder.recordSessionEvent(event);
    },
    async shown(event) {
      const { run, early } = state;
      if (event.kind !== "output" || (run === null && early === null)) return;
      const screen = await state.snapshot();
      if (screen === null) return;
      if (early !== null) lookForPrompt(state, early, screen, event);
      else if (run !== null) await settle(state, lookAt(run, screen, event.bytes, event.t_ms));
    },
    secrets: state.secrets,
    typedAhead: state.typedAhead,
    get isUndecided() {
      return state.run !== null || state.early !== null || state.answered !== null;
    },
    get isUnreadable() {
      return state.isUnreadable;
    },
  };
}

/** Records output, in which known secrets are masked, and sees whether it answers a prompt with what was typed ahead. */
async function recordOutput(state: WatchState, event: PtyOutputEvent): Promise<void> {
  const { run, ahead, recorder, reaction } = state;
  reaction.printed(event.t_ms);
  if (run !== null && isPrintedAtEnd(run, event.bytes)) remember(state, run.typed);
  const bytes = maskKnown(event.bytes, state.maskable);
  const record = recorder.recordSessionEvent({ ...event, bytes });
  if (record === null || !("sha256" in record)) return;
  const chunk = { record, bytes: Buffer.from(bytes) };
  if (state.answered !== null && isShownAgain(state.answered, chunk)) state.answered = null;
  await withholdAnswered(state, event.t_ms);
  if (!addPrinted(ahead, chunk, event.t_ms)) return;
  await withholdAnswered(state);
  state.answered = { ahead, sinceMs: event.t_ms };
  state.ahead = createTypedAhead();
}

/** Withholds what a prompt has read, if no shell has shown it again. Without a time, at once. */
async function withholdAnswered(state: WatchState, t_ms = Number.POSITIVE_INFINITY): Promise<void> {
  const { answered } = state;
  if (answered === null || !isDue(answered, t_ms)) return;
  state.answered = null;
  await withholdAhead(state, answered.ahead, answered.ahead.inputs);
}

/** Withholds what was recorded before it turned out to be a secret. */
async function withholdAhead(
  state: WatchState,
  ahead: TypedAhead,
  inputs: readonly AheadInput[],
): Promise<void> {
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
    maskEchoes(ahead, inputs),
  );
}

async function recordTyped(state: WatchState, event: PtyInputEvent): Promise<void> {
  await withholdAnswered(state, event.t_ms);
  const mayBePrompt = mayBeAtPrompt(state, event);
  if (!mayBePrompt || (state.early !== null && isTooLate(state.early, event.t_ms, state.reaction.restMs())))
    giveUpEarly(state);
  await settle(state, judge(state, event.t_ms, mayBePrompt));
  state.isUnreadable ||= event.modes === "unreadable";
  if (event.origin === "typed") state.reaction.typed(event.t_ms);
  const isHeld = mayBePrompt && (await holdIfSecret(state, event));
  state.recentKeys = addRecentKeys(state.recentKeys, readTypedKeys(event.bytes).keys);
  state.hasTypedRaw ||= mayBePrompt;
  if (!isHeld) await recordOpenly(state, event);
}

function mayBeAtPrompt({ run, early }: WatchState, { origin, modes }: PtyInputEvent): boolean {
  // Modes that cannot be read in the middle of a password do not end it.
  const mayGoOn = modes === "unreadable" && (run !== null || early !== null);
  return origin === "typed" && (isHidden(modes) || mayGoOn);
}

/** Records input that no prompt reads; the recorder withholds hidden lines by itself. */
async function recordOpenly(state: WatchState, event: PtyInputEvent): Promise<void> {
  if (event.origin === "typed" && isHiddenLine(event.modes)) {
    noteHiddenLine(state, event.bytes);
    await withholdAhead(state, state.ahead, unfinishedInputs(state.ahead));
  }
  const record = state.recorder.recordSessionEvent(event);
  if (isEchoedByTerminal(event.modes) && record !== null && "kind" in record)
    addAhead(state.ahead, record, event.t_ms);
  else clearAhead(state.ahead);
}

/** Holds a key that belongs to a run, or for which a prompt may be about to appear. @returns whether it is held. */
async function holdIfSecret(state: WatchState, event: PtyInputEvent): Promise<boolean> {
  const keys = readTypedKeys(event.bytes);
  if (state.early !== null) return holdEarly(state, state.early, event, keys);
  if (state.run === null) {
    if (keys.text === "" || event.modes === "unreadable") return false;
    const before = await state.snapshot();
    if (before === null) return withhold(state, event);
    const field = promptOn(state, before);
    if (field === null) return !state.hasTypedRaw && holdEarly(state, { typed: [], looks: 0 }, event, keys);
    state.run = startRun(field, before, state.reaction.restMs());
  }
  addKeys(state.run, keys, event.t_ms);
  const isHeld = keys.end !== "leave" || keys.text !== "";
  if (isHeld) hold(state, event);
  await settle(state, judgeAtEnd(state.run));
  return isHeld;
}

function hold(state: WatchState, event: PtyInputEvent): void {
  state.held.push({ input: state.recorder.holdInput(event), lineEnds: countLineEnds(event.bytes) });
}

/** The prompt for a secret on a screen that the user has not typed; null if there is none. */
function promptOn({ recentKeys }: WatchState, screen: Screen): PromptField | null {
  const field = findPromptField(screen);
  return field === null || isTypedPrompt(field.label, recentKeys) ? null : field;
}

function holdEarly(state: WatchState, early: EarlyKeys, event: PtyInputEvent, keys: TypedKeys): true {
  state.early = early;
  early.typed.push({ keys, t_ms: event.t_ms });
  hold(state, event);
  return true;
}

/** Begins a run with the keys typed before their prompt, if a screen shows it now. */
function lookForPrompt(state: WatchState, early: EarlyKeys, screen: Screen, event: PtyOutputEvent): void {
  const shown = promptOn(state, screen);
  // What looks like a prompt may be the echo of these keys.
  const field = shown !== null && isTypedPrompt(shown.label, earlyText(early)) ? null : shown;
  early.looks++;
  if (field === null) {
    if (isEchoed(early, event.bytes) || isTooLate(early, event.t_ms, state.reaction.restMs()))
      giveUpEarly(state);
    return;
  }
  state.early = null;
  state.run = startRun(field, screen, state.reaction.restMs());
  for (const { keys, t_ms } of early.typed) addKeys(state.run, keys, t_ms);
}

/** Records keys as typed for which no prompt has appeared. */
function giveUpEarly(state: WatchState): void {
  if (state.early === null) return;
  state.early = null;
  settleHeld(state.held.splice(0), "clear");
}

/** Without a screen it is not known whether a secret is typed. */
function withhold({ recorder }: WatchState, event: PtyInputEvent): true {
  recorder.holdInput(event).settle("withheld");
  return true;
}

function judge({ run }: WatchState, t_ms: number, mayGoOn: boolean): Verdict {
  return run === null ? "open" : judgeBefore(run, t_ms, mayGoOn);
}

async function settle(state: WatchState, verdict: Verdict): Promise<void> {
  const { run, held } = state;
  if (run === null || verdict === "open") return;
  state.run = null;
  if (verdict === "secret") for (const line of run.keys.split(LINE_ENDS)) remember(state, line);
  settleHeld(held.splice(0), verdict);
  if (verdict === "secret") await withholdAhead(state, state.ahead, unfinishedInputs(state.ahead));
  clearAhead(state.ahead);
}

function settleHeld(held: WatchState["held"], verdict: Verdict): void {
  const lastEnd = held.findLastIndex(({ lineEnds }) => lineEnds > 0);
  for (const [index, { input, lineEnds }] of held.entries()) {
    if (verdict === "clear") input.settle("typed");
    else if (index > lastEnd) input.settle("withheld");
    else input.settle(lineEnds > 0 ? "withheld-line" : "withheld-part");
  }
}

/** Follows what is typed at a prompt that the recorder withholds line by line. */
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

/** A program that reads keys by itself without the kernel's echo. */
function isHidden(modes: KnownModes): boolean {
  return modes !== null && modes !== "unreadable" && !modes.canonical && !modes.echo;
}

/** A program that has its keys read and shown by the terminal. */
function isEchoedByTerminal(modes: KnownModes): boolean {
  return modes !== null && modes !== "unreadable" && modes.canonical && modes.echo;
}

function countLineEnds(bytes: Uint8Array): number {
  return bytes.filter(endsTypedLine).length;
}
