import type { WriteStream } from "node:tty";
import { type Cassette, type Preview, systemClock } from "@cassette/core/reader";
import type { Screen, Terminal } from "@cassette/format";
import type { Screens } from "@cassette/frames";
import { screensOf } from "@cassette/terminal/parts";
import { restoreAfter } from "../output/mode-restorer/mode-restorer.js";
import { frameAt } from "./frame-at.js";
import { HELP_ROWS } from "./help-rows.js";
import { idleHint } from "./idle-hint.js";
import { createKeyInput, type KeyInput } from "./key-input.js";
import type { PlayOptions } from "./play-options.js";
import { createPlayer, type Player, type PlayerOptions, type PlayerState, QUITTING } from "./player.js";
import { safeFrame } from "./safe-frame.js";
import { BEGIN_DRAWING, createScreenCanvas, type ScreenCanvas } from "./screen-canvas.js";
import { searchScreens } from "./search-screens.js";
import { statusLine } from "./status-line.js";
import { guardTerminal, type OutputTerminal, type TerminalGuard } from "./terminal-guard.js";
import { emptyTimeline, momentAt, readTimeline, type Timeline } from "./timeline.js";
import { type DrawableScreen, type View, viewOf } from "./view.js";

const FRAME_MS = 33;
/** After waiting this long for a screen, progress is shown. */
const LATE_MS = 50;
const NOTHING: View = { rows: [], cursor: null, part: "" };
/** The alternate screen, without wrapping: glyphs that are wider here than in the recording must not move rows. */
const ENTERING = "\x1b[?1049h\x1b[?7l\x1b[?25l\x1b[2J";
const LEAVING = restoreAfter(ENTERING + BEGIN_DRAWING);

type RecordedSize = Pick<Terminal, "initial_rows" | "initial_cols">;

/** The terminal on which a recording is played. */
interface Stage {
  readonly output: WriteStream;
  readonly keys: KeyInput;
  readonly canvas: ScreenCanvas;
  readonly guard: TerminalGuard;
  /** When the process was last continued after a stop. */
  resumedAt: number;
  close(): void;
}

/** A recording that is being played. */
interface Playback {
  readonly stage: Stage;
  readonly cassette: Cassette;
  readonly timeline: Timeline;
  readonly range: { from: number; to: number };
  readonly player: Player;
  readonly screens: Screens;
  /** Shortest time from one drawing to the next, in milliseconds. */
  readonly frameMs: number;
  /** The screen last drawn, and its moment. */
  shown: { moment: number | undefined; screen: Screen } | null;
  /** When the player's time was last advanced. */
  advancedAt: number;
}

/** A recording that is about to be played. */
export interface ComingRecording {
  /** What is shown until it is open; null if nothing is. */
  preview: Preview | null;
  open(signal?: AbortSignal): Promise<Cassette>;
}

/**
 * Plays a recording interactively. It is drawn from an emulator: the recorded bytes never reach the terminal, which
 * they could make overwrite the clipboard or type replies into the shell.
 */
export async function playOnTerminal(
  coming: ComingRecording,
  options: PlayOptions,
  terminal: OutputTerminal,
): Promise<void> {
  const { preview } = coming;
  // Messages of opening belong on the screen of the shell: without a preview it is entered afterwards.
  const opened = preview === null ? await coming.open() : null;
  const manifest = opened?.manifest ?? preview?.manifest;
  const stage = openStage(terminal, options.resize && manifest ? manifest.terminal : null);
  let cassette = opened;
  try {
    stage.guard.enter();
    if (preview !== null) {
      paintPreview(stage, preview, options);
      cassette = await openUnlessQuit(coming, stage.keys);
    }
    if (cassette !== null) await playOnStage(cassette, options, stage);
  } finally {
    stage.close();
    await cassette?.close();
  }
}

/** @param recorded size that the terminal is asked to take; null leaves it as it is. */
function openStage(terminal: OutputTerminal, recorded: RecordedSize | null): Stage {
  const { input, output } = terminal;
  const write = (text: string) => {
    if (guard.isInside) output.write(text);
  };
  const keys = createKeyInput(input);
  const canvas = createScreenCanvas(write, () => sizeOf(output));
  const redraw = () => {
    canvas.forget();
    keys.wake();
  };
  const sizes = recorded ? resizing(recorded, sizeOf(output)) : { before: "", after: "" };
  const guard = guardTerminal(terminal, {
    entering: ENTERING + sizes.before,
    leaving: () => sizes.after + LEAVING,
    onResume() {
      stage.resumedAt = systemClock.monotonic();
      redraw();
    },
  });
  output.on("resize", redraw);
  const stage: Stage = {
    output,
    keys,
    canvas,
    guard,
    resumedAt: 0,
    close() {
      output.off("resize", redraw);
      guard.close();
      keys.close();
    },
  };
  return stage;
}

/** Shows the first frame while the recording is verified. */
function paintPreview({ output, canvas }: Stage, { firstFrame, final }: Preview, options: PlayOptions): void {
  const { rows, cols } = sizeOf(output);
  const view = firstFrame ? viewOf(safeFrame(firstFrame), { rows: Math.max(1, rows - 1), cols }) : NOTHING;
  const timeline = emptyTimeline(final.t_ms);
  const { start } = createPlayer({ ...playerOptions(options, timeline), loop: false });
  const state = { ...start, message: "verifying ..." };
  canvas.draw(view, statusLine(state, { timeline, ...rangeOf(options, timeline), part: view.part, cols }));
}

/** Opens a recording; null if the user quits first. Other keys are kept for the player. */
async function openUnlessQuit(coming: ComingRecording, keys: KeyInput): Promise<Cassette | null> {
  const quit = new AbortController();
  const early: string[] = [];
  let isSettled = false;
  const opening = coming.open(quit.signal).finally(() => {
    isSettled = true;
    keys.wake();
  });
  // It is awaited below, once it is settled.
  opening.catch(() => {});
  while (!isSettled) {
    await keys.wait(null);
    early.push(...keys.take());
    if (early.some((key) => QUITTING.has(key))) quit.abort();
  }
  keys.giveBack(early);
  try {
    return await opening;
  } catch (error) {
    if (quit.signal.aborted) return null;
    throw error;
  }
}

async function playOnStage(cassette: Cassette, options: PlayOptions, stage: Stage): Promise<void> {
  const playback = await openPlayback(cassette, options, stage);
  const { screens } = playback;
  const { guard, output } = stage;
  try {
    // An error here occurs again, and is reported, when the place is shown.
    screens.prepare().catch(() => {});
    const { over, t_ms } = await run(playback);
    const end = over === "end" ? await screens.at({ t_ms }, { cells: true }) : null;
    guard.close();
    if (end) output.write(lastScreen(end.screen, sizeOf(output).cols));
  } finally {
    screens.close();
  }
}

async function openPlayback(cassette: Cassette, options: PlayOptions, stage: Stage): Promise<Playback> {
  const timeline = await readTimeline(cassette);
  const given = { ...options, idleMs: options.idleMs ?? idleHint(cassette) };
  return {
    stage,
    cassette,
    timeline,
    range: rangeOf(options, timeline),
    player: createPlayer(playerOptions(given, timeline)),
    screens: screensOf(cassette),
    frameMs: options.mode === "collapsed" ? 0 : FRAME_MS,
    shown: null,
    advancedAt: systemClock.monotonic(),
  };
}

function playerOptions(options: PlayOptions, timeline: Timeline): PlayerOptions {
  return {
    timeline,
    ...rangeOf(options, timeline),
    speed: options.speed,
    idleMs: options.idleMs ?? Number.POSITIVE_INFINITY,
    loop: options.loop === true,
    pauseOnMarks: options.pauseOnMarks === true,
    collapsed: options.mode === "collapsed",
  };
}

function rangeOf(options: PlayOptions, { duration_ms }: Timeline): { from: number; to: number } {
  const to = Math.min(options.to ?? duration_ms, duration_ms);
  return { from: Math.min(options.from ?? 0, to), to };
}

/** Plays until the end, or until the user quits. */
async function run(playback: Playback): Promise<PlayerState> {
  const { player, stage } = playback;
  let state = player.start;
  for (;;) {
    state = advance(playback, pressKeys(playback, state));
    if (state.over) return state;
    if (!(await show(playback, state))) continue;
    if (state.searchFrom !== null) state = await search(playback, state, state.searchFrom);
    else await stage.keys.wait(state.isPlaying ? playback.frameMs : null);
  }
}

function pressKeys({ stage, player }: Playback, state: PlayerState): PlayerState {
  const { keys, canvas, guard } = stage;
  let pressed = state;
  for (const key of keys.take()) {
    if (key === "ctrl+z") guard.suspend();
    else if (key === "ctrl+l") canvas.forget();
    else pressed = player.press(pressed, key);
  }
  return pressed;
}

/** Advances the player by the time since the last call. */
function advance(playback: Playback, state: PlayerState): PlayerState {
  const now = systemClock.monotonic();
  const elapsedMs = now - Math.max(playback.advancedAt, playback.stage.resumedAt);
  playback.advancedAt = now;
  return playback.player.advance(state, elapsedMs);
}

async function search(playback: Playback, state: PlayerState, after: number): Promise<PlayerState> {
  const { screens, timeline, player, stage } = playback;
  const wanted = { text: state.pattern, after, signal: stage.keys.pressed() };
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
  const { cassette, timeline, screens, stage } = playback;
  const signal = stage.keys.pressed();
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
  const { timeline, range, stage } = playback;
  const { rows, cols } = sizeOf(stage.output);
  const view = screen ? viewOf(screen, { rows: Math.max(1, rows - 1), cols }) : NOTHING;
  const status = statusLine(state, { timeline, ...range, part: view.part, cols });
  stage.canvas.draw(state.showsHelp ? withHelp(view, cols) : view, status);
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
function resizing(
  { initial_rows, initial_cols }: RecordedSize,
  { rows, cols }: { rows: number; cols: number },
) {
  return { before: `\x1b[8;${initial_rows + 1};${initial_cols}t`, after: `\x1b[8;${rows};${cols}t` };
}
