import type { WriteStream } from "node:tty";
import { type Cassette, systemClock } from "@cassette/core/reader";
import type { Screen } from "@cassette/format";
import type { Screens } from "@cassette/frames";
import { screensOf } from "@cassette/terminal/parts";
import { restoreAfter } from "../output/mode-restorer/mode-restorer.js";
import { frameAt } from "./frame-at.js";
import { HELP_ROWS } from "./help-rows.js";
import { createKeyInput, type KeyInput } from "./key-input.js";
import type { PlayOptions } from "./play-options.js";
import { createPlayer, type Player, type PlayerState } from "./player.js";
import { BEGIN_DRAWING, createScreenCanvas, type ScreenCanvas } from "./screen-canvas.js";
import { searchScreens } from "./search-screens.js";
import { statusLine } from "./status-line.js";
import { guardTerminal, type OutputTerminal } from "./terminal-guard.js";
import { momentAt, readTimeline, type Timeline } from "./timeline.js";
import { type DrawableScreen, type View, viewOf } from "./view.js";

const FRAME_MS = 33;
/** After waiting this long for a screen, progress is shown. */
const LATE_MS = 50;
const NOTHING: View = { rows: [], cursor: null, part: "" };
/** The alternate screen, without wrapping: glyphs that are wider here than in the recording must not move rows. */
const ENTERING = "\x1b[?1049h\x1b[?7l\x1b[?25l\x1b[2J";
const LEAVING = restoreAfter(ENTERING + BEGIN_DRAWING);

/** A recording that is being played. */
interface Playback {
  readonly cassette: Cassette;
  readonly timeline: Timeline;
  readonly range: { from: number; to: number };
  readonly player: Player;
  readonly screens: Screens;
  readonly output: WriteStream;
  readonly keys: KeyInput;
  readonly canvas: ScreenCanvas;
  /** Shortest time from one drawing to the next, in milliseconds. */
  readonly frameMs: number;
  /** The screen last drawn, and its moment. */
  shown: { moment: number | undefined; screen: Screen } | null;
  /** When the player's time was last advanced. */
  advancedAt: number;
}

/**
 * Plays a recording interactively. It is drawn from an emulator: the recorded bytes never reach the terminal, which
 * they could make overwrite the clipboard or type replies into the shell.
 */
export async function playOnTerminal(
  cassette: Cassette,
  options: PlayOptions,
  terminal: OutputTerminal,
): Promise<void> {
  const { output } = terminal;
  const write = (text: string) => {
    if (guard.isInside) output.write(text);
  };
  const playback = await openPlayback(cassette, options, terminal, write);
  const { screens, keys, canvas } = playback;
  const redraw = () => {
    canvas.forget();
    keys.wake();
  };
  const sizes = options.resize ? resizing(cassette, sizeOf(output)) : { before: "", after: "" };
  const guard = guardTerminal(terminal, {
    entering: ENTERING + sizes.before,
    leaving: () => sizes.after + LEAVING,
    onResume() {
      playback.advancedAt = systemClock.monotonic();
      redraw();
    },
  });
  output.on("resize", redraw);
  try {
    guard.enter();
    // An error here occurs again, and is reported, when the place is shown.
    screens.prepare().catch(() => {});
    const { over, t_ms } = await run(playback, guard.suspend);
    const end = over === "end" ? await screens.at({ t_ms }, { cells: true }) : null;
    guard.close();
    if (end) output.write(lastScreen(end.screen, sizeOf(output).cols));
  } finally {
    output.off("resize", redraw);
    guard.close();
    keys.close();
    screens.close();
  }
}

async function openPlayback(
  cassette: Cassette,
  options: PlayOptions,
  { input, output }: OutputTerminal,
  write: (text: string) => void,
): Promise<Playback> {
  const timeline = await readTimeline(cassette);
  const to = Math.min(options.to ?? timeline.duration_ms, timeline.duration_ms);
  const from = Math.min(options.from ?? 0, to);
  const collapsed = options.mode === "collapsed";
  return {
    cassette,
    timeline,
    range: { from, to },
    player: createPlayer({
      timeline,
      from,
      to,
      speed: options.speed,
      idleMs: options.idleMs ?? Number.POSITIVE_INFINITY,
      loop: options.loop === true,
      pauseOnMarks: options.pauseOnMarks === true,
      collapsed,
    }),
    screens: screensOf(cassette),
    output,
    keys: createKeyInput(input),
    canvas: createScreenCanvas(write, () => sizeOf(output)),
    frameMs: collapsed ? 0 : FRAME_MS,
    shown: null,
    advancedAt: systemClock.monotonic(),
  };
}

/** Plays until the end, or until the user quits. */
async function run(playback: Playback, suspend: () => void): Promise<PlayerState> {
  const { player, keys } = playback;
  let state = player.start;
  for (;;) {
    state = advance(playback, pressKeys(playback, state, suspend));
    if (state.over) return state;
    if (!(await show(playback, state))) continue;
    if (state.searchFrom !== null) state = await search(playback, state, state.searchFrom);
    else await keys.wait(state.isPlaying ? playback.frameMs : null);
  }
}

function pressKeys({ keys, canvas, player }: Playback, state: PlayerState, suspend: () => void): PlayerState {
  let pressed = state;
  for (const key of keys.take()) {
    if (key === "ctrl+z") suspend();
    else if (key === "ctrl+l") canvas.forget();
    else pressed = player.press(pressed, key);
  }
  return pressed;
}

/** Advances the player by the time since the last call. */
function advance(playback: Playback, state: PlayerState): PlayerState {
  const now = systemClock.monotonic();
  const elapsedMs = now - playback.advancedAt;
  playback.advancedAt = now;
  return playback.player.advance(state, elapsedMs);
}

async function search(playback: Playback, state: PlayerState, after: number): Promise<PlayerState> {
  const { screens, timeline, player, keys } = playback;
  const wanted = { text: state.pattern, after, signal: keys.pressed() };
  const found = player.found(state, await searchScreens(screens, timeline, wanted));
  // The search takes no time of the recording.
  playback.advancedAt = systemClock.monotonic();
  return found;
}

/** Shows a state; until its screen is drawn, the recorded frame. @returns false if a key was pressed in the meantime. */
async function show(playback: Playback, state: PlayerState): Promise<boolean> {
  const moment = momentAt(playback.timeline, state.t_ms);
  if (playback.shown === null || playback.shown.moment !== moment) {
    const screen = await drawScreen(playback, state);
    if (screen === null) return false;
    playback.shown = { moment, screen };
  }
  paint(playback, playback.shown.screen, state);
  return true;
}

/** The screen of a state; null if a key was pressed before it was drawn. */
async function drawScreen(playback: Playback, state: PlayerState): Promise<Screen | null> {
  const { cassette, timeline, screens, keys } = playback;
  const signal = keys.pressed();
  try {
    const drawing = screens.at({ t_ms: state.t_ms }, { cells: true, signal });
    if (await isLate(drawing)) {
      const frame = await frameAt(cassette, timeline, state.t_ms);
      paint(playback, frame ?? playback.shown?.screen, { ...state, message: "drawing ..." });
    }
    return (await drawing).screen;
  } catch (error) {
    if (signal.aborted) return null;
    throw error;
  }
}

function paint(playback: Playback, screen: DrawableScreen | undefined, state: PlayerState): void {
  const { timeline, range, canvas } = playback;
  const { rows, cols } = sizeOf(playback.output);
  const view = screen ? viewOf(screen, { rows: Math.max(1, rows - 1), cols }) : NOTHING;
  const status = statusLine(state, { timeline, ...range, part: view.part, cols });
  canvas.draw(state.showsHelp ? withHelp(view, cols) : view, status);
}

function withHelp(view: View, cols: number): View {
  const help = HELP_ROWS.map((row) => `\x1b[7m${row.slice(0, cols)}\x1b[0m`);
  return { ...view, rows: [...help, ...view.rows.slice(help.length)] };
}

function sizeOf({ rows, columns }: WriteStream): { rows: number; cols: number } {
  return { rows: rows || 24, cols: columns || 80 };
}

async function isLate(work: Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(resolve, LATE_MS, true);
  });
  try {
    return await Promise.race([work.then(() => false), late]);
  } finally {
    clearTimeout(timer);
  }
}

/** The last screen remains above the prompt, as after a program that ends. */
function lastScreen(screen: Screen, cols: number): string {
  const { rows } = viewOf(screen, { rows: screen.size.Rows, cols });
  return rows.map((row) => `${row}\r\n`).join("");
}

/** Asks the terminal to be as large as the recorded one, with a row for the status line. */
function resizing({ manifest }: Cassette, { rows, cols }: { rows: number; cols: number }) {
  const { initial_rows, initial_cols } = manifest.terminal;
  return { before: `\x1b[8;${initial_rows + 1};${initial_cols}t`, after: `\x1b[8;${rows};${cols}t` };
}
