import { type Cassette, systemClock } from "@cassette/core/reader";
import type { Screen } from "@cassette/format";
import { screensOf } from "@cassette/terminal/parts";
import { restoreAfter } from "../output/mode-restorer/mode-restorer.js";
import { frameAt } from "./frame-at.js";
import { HELP_ROWS } from "./help-rows.js";
import { createKeyInput } from "./key-input.js";
import type { PlayOptions } from "./play-options.js";
import { createPlayer, type PlayerState } from "./player.js";
import { BEGIN_DRAWING, createScreenCanvas } from "./screen-canvas.js";
import { searchScreens } from "./search-screens.js";
import { statusLine } from "./status-line.js";
import { guardTerminal, type OutputTerminal } from "./terminal-guard.js";
import { momentAt, readTimeline } from "./timeline.js";
import { type DrawableScreen, type View, viewOf } from "./view.js";

const FRAME_MS = 33;
/** After waiting this long for a screen, progress is shown. */
const LATE_MS = 50;
const NOTHING: View = { rows: [], cursor: null, part: "" };
/** The alternate screen, without wrapping: glyphs that are wider here than in the recording must not move rows. */
const ENTERING = "\x1b[?1049h\x1b[?7l\x1b[?25l\x1b[2J";
const LEAVING = restoreAfter(ENTERING + BEGIN_DRAWING);

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
  const timeline = await readTimeline(cassette);
  const to = Math.min(options.to ?? timeline.duration_ms, timeline.duration_ms);
  const from = Math.min(options.from ?? 0, to);
  const player = createPlayer({
    timeline,
    from,
    to,
    speed: options.speed,
    idleMs: options.idleMs ?? Number.POSITIVE_INFINITY,
    loop: options.loop === true,
    pauseOnMarks: options.pauseOnMarks === true,
    collapsed: options.mode === "collapsed",
  });
  const screens = screensOf(cassette);
  const size = () => ({ rows: output.rows || 24, cols: output.columns || 80 });
  const write = (text: string) => {
    if (guard.isInside) output.write(text);
  };
  const canvas = createScreenCanvas(write, size);
  const keys = createKeyInput(terminal.input);
  const redraw = () => {
    canvas.forget();
    keys.wake();
  };
  const sizes = options.resize ? resizing(cassette, size()) : { before: "", after: "" };
  let last = systemClock.monotonic();
  const guard = guardTerminal(terminal, {
    entering: ENTERING + sizes.before,
    leaving: () => sizes.after + LEAVING,
    onResume() {
      last = systemClock.monotonic();
      redraw();
    },
  });

  let shown: { moment: number | undefined; screen: Screen } | null = null;

  /** Shows a state; until its screen is drawn, the recorded frame. @returns false if a key was pressed in the meantime. */
  async function show(state: PlayerState): Promise<boolean> {
    const moment = momentAt(timeline, state.t_ms);
    if (shown?.moment !== moment || shown === null) {
      const signal = keys.pressed();
      try {
        const drawing = screens.at({ t_ms: state.t_ms }, { cells: true, signal });
        if (await isLate(drawing)) {
          const frame = await frameAt(cassette, timeline, state.t_ms);
          paint(frame ?? shown?.screen, { ...state, message: "drawing ..." });
        }
        shown = { moment, screen: (await drawing).screen };
      } catch (error) {
        if (signal.aborted) return false;
        throw error;
      }
    }
    paint(shown.screen, state);
    return true;
  }

  function paint(screen: DrawableScreen | undefined, state: PlayerState): void {
    const { rows, cols } = size();
    const view = screen ? viewOf(screen, { rows: Math.max(1, rows - 1), cols }) : NOTHING;
    const status = statusLine(state, { timeline, from, to, part: view.part, cols });
    const withHelp = HELP_ROWS.map((row) => `\x1b[7m${row.slice(0, cols)}\x1b[0m`);
    canvas.draw(
      state.showsHelp ? { ...view, rows: [...withHelp, ...view.rows.slice(withHelp.length)] } : view,
      status,
    );
  }

  async function run(): Promise<PlayerState> {
    let state = player.start;
    for (;;) {
      for (const key of keys.take()) {
        if (key === "ctrl+z") guard.suspend();
        else if (key === "ctrl+l") canvas.forget();
        else state = player.press(state, key);
      }
      const now = systemClock.monotonic();
      state = player.advance(state, now - last);
      last = now;
      if (state.over) return state;
      if (!(await show(state))) continue;
      if (state.searchFrom === null) {
        await keys.wait(state.isPlaying ? (options.mode === "collapsed" ? 0 : FRAME_MS) : null);
        continue;
      }
      const { pattern: text, searchFrom: after } = state;
      state = player.found(
        state,
        await searchScreens(screens, timeline, { text, after, signal: keys.pressed() }),
      );
      last = systemClock.monotonic();
    }
  }

  output.on("resize", redraw);
  try {
    guard.enter();
    // An error here occurs again, and is reported, when the place is shown.
    screens.prepare().catch(() => {});
    const { over, t_ms } = await run();
    const end = over === "end" ? await screens.at({ t_ms }, { cells: true }) : null;
    guard.close();
    if (end) output.write(leftBehind(end.screen, size().cols));
  } finally {
    output.off("resize", redraw);
    guard.close();
    keys.close();
    screens.close();
  }
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
function leftBehind(screen: Screen, cols: number): string {
  const { rows } = viewOf(screen, { rows: screen.size.Rows, cols });
  return rows.map((row) => `${row}\r\n`).join("");
}

/** Asks the terminal to be as large as the recorded one, with a row for the status line. */
function resizing({ manifest }: Cassette, { rows, cols }: { rows: number; cols: number }) {
  const { initial_rows, initial_cols } = manifest.terminal;
  return { before: `\x1b[8;${initial_rows + 1};${initial_cols}t`, after: `\x1b[8;${rows};${cols}t` };
}
