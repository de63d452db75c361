import type { Mark } from "@cassette/core/reader";
import { momentAt, nextMoment, previousMoment, type Timeline } from "./timeline.js";

/** How a recording is played. Times are in milliseconds. */
export interface PlayerOptions {
  timeline: Timeline;
  from: number;
  to: number;
  speed: number;
  /** Longer gaps are cut to this. */
  idleMs: number;
  loop: boolean;
  pauseOnMarks: boolean;
  /** Do not wait between moments. */
  collapsed: boolean;
}

/** The state of a player. Plain values: every change makes a new one. */
export interface PlayerState {
  /** Place in the recording. */
  t_ms: number;
  isPlaying: boolean;
  speed: number;
  /** The text typed after `/` so far; null outside of a search prompt. */
  prompt: string | null;
  /** The last search text. */
  pattern: string;
  /** A pending search from this time on; null if there is none. */
  searchFrom: number | null;
  showsHelp: boolean;
  /** A message in the status line until the next key. */
  message: string;
  /** "end": played to the end; "quit": the user quit. */
  over: "end" | "quit" | null;
}

/** Turns keys and time into states, without side effects. */
export interface Player {
  readonly start: PlayerState;
  /** After a key, named as in `keys.ts`. */
  press(state: PlayerState, key: string): PlayerState;
  /** After this many milliseconds have passed. */
  advance(state: PlayerState, elapsedMs: number): PlayerState;
  /** After a search; null when nothing was found. */
  found(state: PlayerState, t_ms: number | null): PlayerState;
}

const STEP_MS = 5_000;
const SLOWEST = 1 / 16;
const FASTEST = 256;

/** The state after a key. */
type Action = (state: PlayerState, options: PlayerOptions) => PlayerState;

const quit: Action = (state) => ({ ...state, over: "quit" });
const faster: Action = (state) => atSpeed(state, state.speed * 2);

/** Keys that end the player. */
export const QUITTING: ReadonlySet<string> = new Set(["q", "ctrl+c", "ctrl+d"]);

/** What the keys do, besides the digits. */
const ACTIONS: Record<string, Action> = {
  space: playOrPause,
  ".": (state, options) => pauseAt(state, nextMoment(options.timeline, state.t_ms), options),
  ",": (state, options) =>
    pauseAt(state, previousMoment(options.timeline, state.t_ms) ?? options.from, options),
  right: (state, options) => jump(state, state.t_ms + STEP_MS, options),
  left: (state, options) => jump(state, state.t_ms - STEP_MS, options),
  "shift+right": (state, options) => jump(state, state.t_ms + tenths(1, options), options),
  "shift+left": (state, options) => jump(state, state.t_ms - tenths(1, options), options),
  "]": (state, options) => toMark(state, nextMark(state.t_ms, options), options),
  "[": (state, options) => toMark(state, previousMark(state, options), options),
  "+": faster,
  "=": faster,
  "-": (state) => atSpeed(state, state.speed / 2),
  "/": (state) => ({ ...state, prompt: "", isPlaying: false }),
  n: searchAgain,
  "?": (state) => ({ ...state, showsHelp: true }),
  ...Object.fromEntries([...QUITTING].map((key) => [key, quit])),
};

/** Makes the player of a recording. */
export function createPlayer(options: PlayerOptions): Player {
  return {
    start: {
      t_ms: options.from,
      isPlaying: true,
      speed: options.speed,
      prompt: null,
      pattern: "",
      searchFrom: null,
      showsHelp: false,
      message: "",
      over: null,
    },
    press: (state, key) => press(state, key, options),
    advance: (state, elapsedMs) => advance(state, elapsedMs, options),
    found(state, t_ms) {
      if (t_ms === null)
        return { ...state, searchFrom: null, message: `not found after here: ${state.pattern}` };
      return { ...state, searchFrom: null, t_ms: within(t_ms, options), message: `found ${state.pattern}` };
    },
  };
}

function press(before: PlayerState, key: string, options: PlayerOptions): PlayerState {
  const state = { ...before, message: "", showsHelp: false, searchFrom: null };
  if (before.prompt !== null) return typeInto(state, before.prompt, key);
  if (before.showsHelp && !["q", "ctrl+c"].includes(key)) return state;
  if (/^[0-9]$/.test(key)) return jump(state, options.from + tenths(Number(key), options), options);
  const action = Object.hasOwn(ACTIONS, key) ? ACTIONS[key] : undefined;
  return action?.(state, options) ?? state;
}

function advance(state: PlayerState, elapsedMs: number, options: PlayerOptions): PlayerState {
  if (!state.isPlaying || state.over) return state;
  const { from, to } = options;
  const t_ms = options.collapsed
    ? nextMomentOrEnd(state.t_ms, options)
    : passTime(state.t_ms, elapsedMs * state.speed, options);
  const mark = options.pauseOnMarks ? markUntil(t_ms, state, options) : undefined;
  if (mark) {
    return { ...state, t_ms: mark.t_ms, isPlaying: false, message: `mark: ${mark.label}` };
  }
  if (t_ms < to) return { ...state, t_ms };
  return options.loop ? { ...state, t_ms: from } : { ...state, t_ms: to, isPlaying: false, over: "end" };
}

/** The place after so much time, with longer gaps cut. */
function passTime(t_ms: number, elapsedMs: number, options: PlayerOptions): number {
  const { timeline, to, idleMs } = options;
  let now = t_ms;
  let left = elapsedMs;
  while (now < to) {
    const next = nextMomentOrEnd(now, options);
    const quietUntil = Math.max(now, (momentAt(timeline, now) ?? 0) + idleMs);
    const wait = Math.min(next, quietUntil) - now;
    if (left < wait) return now + left;
    left -= wait;
    // The rest of a long gap takes no time.
    now = next;
  }
  return to;
}

function nextMomentOrEnd(t_ms: number, { timeline, to }: PlayerOptions): number {
  return Math.min(nextMoment(timeline, t_ms) ?? to, to);
}

function playOrPause(state: PlayerState, { from, to }: PlayerOptions): PlayerState {
  const isAtEnd = state.t_ms >= to && !state.isPlaying;
  return isAtEnd ? { ...state, t_ms: from, isPlaying: true } : { ...state, isPlaying: !state.isPlaying };
}

function searchAgain(state: PlayerState): PlayerState {
  if (state.pattern === "") return { ...state, message: "nothing to search for yet: press /" };
  return { ...state, isPlaying: false, searchFrom: state.t_ms };
}

function jump(state: PlayerState, t_ms: number, options: PlayerOptions): PlayerState {
  const target = within(t_ms, options);
  // A user who jumps to the end wants to see it, not to leave.
  return { ...state, t_ms: target, isPlaying: state.isPlaying && target < options.to };
}

function pauseAt(state: PlayerState, t_ms: number | undefined, options: PlayerOptions): PlayerState {
  return { ...jump(state, t_ms ?? state.t_ms, options), isPlaying: false };
}

function nextMark(t_ms: number, { timeline }: PlayerOptions): Mark | undefined {
  return timeline.marks.find((mark) => mark.t_ms > t_ms);
}

/** The mark that is passed on the way to a time; one at the very end needs no pause. */
function markUntil(t_ms: number, state: PlayerState, options: PlayerOptions): Mark | undefined {
  const mark = nextMark(state.t_ms, options);
  return mark && mark.t_ms <= t_ms && mark.t_ms < options.to ? mark : undefined;
}

/** While playing, `previous mark` skips a mark that was just passed. */
function previousMark({ t_ms, isPlaying }: PlayerState, { timeline }: PlayerOptions): Mark | undefined {
  const limit = isPlaying ? t_ms - 1_000 : t_ms;
  return timeline.marks.findLast((mark) => mark.t_ms < limit);
}

function toMark(state: PlayerState, mark: Mark | undefined, options: PlayerOptions): PlayerState {
  if (mark === undefined) return { ...state, message: "no mark there" };
  return { ...jump(state, mark.t_ms, options), message: `mark: ${mark.label}` };
}

function atSpeed(state: PlayerState, speed: number): PlayerState {
  return { ...state, speed: Math.min(Math.max(speed, SLOWEST), FASTEST) };
}

/** Milliseconds of so many tenths of what is played. */
function tenths(count: number, { from, to }: PlayerOptions): number {
  return ((to - from) * count) / 10;
}

function within(t_ms: number, { from, to }: PlayerOptions): number {
  return Math.min(Math.max(t_ms, from), to);
}

/** The state after a key at the search prompt. */
function typeInto(state: PlayerState, prompt: string, key: string): PlayerState {
  if (key === "enter") return search(state, prompt || state.pattern);
  if (key === "escape" || key === "ctrl+c") return { ...state, prompt: null };
  const letters = Array.from(prompt);
  if (key === "backspace") return { ...state, prompt: prompt === "" ? null : letters.slice(0, -1).join("") };
  const text = key === "space" ? " " : key;
  return { ...state, prompt: Array.from(text).length === 1 ? prompt + text : prompt };
}

function search(state: PlayerState, pattern: string): PlayerState {
  return { ...state, prompt: null, pattern, searchFrom: pattern === "" ? null : state.t_ms };
}
