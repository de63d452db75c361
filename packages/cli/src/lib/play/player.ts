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

/** Makes the player of a recording. */
export function createPlayer(options: PlayerOptions): Player {
  const { timeline, from, to, idleMs, collapsed } = options;
  const within = (t_ms: number) => Math.min(Math.max(t_ms, from), to);
  const jump = (state: PlayerState, t_ms: number): PlayerState => {
    const target = within(t_ms);
    // A user who jumps to the end wants to see it, not to leave.
    return { ...state, t_ms: target, isPlaying: state.isPlaying && target < to };
  };
  const pauseAt = (state: PlayerState, t_ms: number | undefined): PlayerState => ({
    ...jump(state, t_ms ?? state.t_ms),
    isPlaying: false,
  });

  const keys: Record<string, (state: PlayerState) => PlayerState> = {
    space: (state) =>
      state.t_ms >= to && !state.isPlaying
        ? { ...state, t_ms: from, isPlaying: true }
        : { ...state, isPlaying: !state.isPlaying },
    ".": (state) => pauseAt(state, nextMoment(timeline, state.t_ms)),
    ",": (state) => pauseAt(state, previousMoment(timeline, state.t_ms) ?? from),
    right: (state) => jump(state, state.t_ms + STEP_MS),
    left: (state) => jump(state, state.t_ms - STEP_MS),
    "shift+right": (state) => jump(state, state.t_ms + (to - from) / 10),
    "shift+left": (state) => jump(state, state.t_ms - (to - from) / 10),
    "]": (state) => toMark(state, nextMark(state.t_ms)),
    "[": (state) => toMark(state, previousMark(state)),
    "+": (state) => atSpeed(state, state.speed * 2),
    "=": (state) => atSpeed(state, state.speed * 2),
    "-": (state) => atSpeed(state, state.speed / 2),
    "/": (state) => ({ ...state, prompt: "", isPlaying: false }),
    n: (state) =>
      state.pattern === ""
        ? { ...state, message: "nothing to search for yet: press /" }
        : { ...state, isPlaying: false, searchFrom: state.t_ms },
    "?": (state) => ({ ...state, showsHelp: true }),
    q: (state) => ({ ...state, over: "quit" }),
    "ctrl+c": (state) => ({ ...state, over: "quit" }),
    "ctrl+d": (state) => ({ ...state, over: "quit" }),
  };
  for (let tenth = 0; tenth <= 9; tenth++) {
    keys[tenth] = (state) => jump(state, from + ((to - from) * tenth) / 10);
  }

  function nextMark(t_ms: number) {
    return timeline.marks.find((mark) => mark.t_ms > t_ms);
  }

  /** While playing, `previous mark` skips a mark that was just passed. */
  function previousMark({ t_ms, isPlaying }: PlayerState) {
    const limit = isPlaying ? t_ms - 1_000 : t_ms;
    return timeline.marks.findLast((mark) => mark.t_ms < limit);
  }

  function toMark(state: PlayerState, mark: Timeline["marks"][number] | undefined): PlayerState {
    if (mark === undefined) return { ...state, message: "no mark there" };
    return { ...jump(state, mark.t_ms), message: `mark: ${mark.label}` };
  }

  function atSpeed(state: PlayerState, speed: number): PlayerState {
    return { ...state, speed: Math.min(Math.max(speed, SLOWEST), FASTEST) };
  }

  function passTime(t_ms: number, elapsedMs: number): number {
    let now = t_ms;
    let left = elapsedMs;
    while (now < to) {
      const next = Math.min(nextMoment(timeline, now) ?? to, to);
      const quietUntil = Math.max(now, (momentAt(timeline, now) ?? 0) + idleMs);
      const wait = Math.min(next, quietUntil) - now;
      if (left < wait) return now + left;
      left -= wait;
      // The rest of a long gap takes no time.
      now = next;
    }
    return to;
  }

  return {
    start: {
      t_ms: from,
      isPlaying: true,
      speed: options.speed,
      prompt: null,
      pattern: "",
      searchFrom: null,
      showsHelp: false,
      message: "",
      over: null,
    },
    press(state, key) {
      const asked = { ...state, message: "", showsHelp: false, searchFrom: null };
      if (state.prompt !== null) return typeInto(asked, state.prompt, key);
      if (state.showsHelp && !["q", "ctrl+c"].includes(key)) return asked;
      return Object.hasOwn(keys, key) ? (keys[key]?.(asked) ?? asked) : asked;
    },
    advance(state, elapsedMs) {
      if (!state.isPlaying || state.over) return state;
      const t_ms = collapsed
        ? Math.min(nextMoment(timeline, state.t_ms) ?? to, to)
        : passTime(state.t_ms, elapsedMs * state.speed);
      const mark = options.pauseOnMarks ? nextMark(state.t_ms) : undefined;
      if (mark && mark.t_ms <= t_ms && mark.t_ms < to) {
        return { ...state, t_ms: mark.t_ms, isPlaying: false, message: `mark: ${mark.label}` };
      }
      if (t_ms < to) return { ...state, t_ms };
      return options.loop ? { ...state, t_ms: from } : { ...state, t_ms: to, isPlaying: false, over: "end" };
    },
    found(state, t_ms) {
      if (t_ms === null)
        return { ...state, searchFrom: null, message: `not found after here: ${state.pattern}` };
      return { ...state, searchFrom: null, t_ms: within(t_ms), message: `found ${state.pattern}` };
    },
  };
}

function typeInto(state: PlayerState, prompt: string, key: string): PlayerState {
  if (key === "enter") {
    const pattern = prompt || state.pattern;
    return { ...state, prompt: null, pattern, searchFrom: pattern === "" ? null : state.t_ms };
  }
  if (key === "escape" || key === "ctrl+c") return { ...state, prompt: null };
  if (key === "backspace") {
    return { ...state, prompt: prompt === "" ? null : Array.from(prompt).slice(0, -1).join("") };
  }
  const text = key === "space" ? " " : key;
  return { ...state, prompt: Array.from(text).length === 1 ? prompt + text : prompt };
}
