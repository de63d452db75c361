import { columnsOfText, cutToColumns } from "@cassette/format/width";
import { stripAllButSgr } from "../output/escape-text.js";
import { formatClock } from "../time-text.js";
import type { PlayerState } from "./player.js";
import type { Timeline } from "./timeline.js";

/** What the status line shows besides the player's state. */
export interface StatusFacts {
  timeline: Timeline;
  from: number;
  to: number;
  /** Which part of the screen is visible; empty when all of it is. */
  part: string;
  /** Columns of the terminal. */
  cols: number;
}

const LEAST_BAR = 8;

/** The line below the screen: place, progress, speed and a message. Plain text, at most as wide as the terminal. */
export function statusLine(state: PlayerState, facts: StatusFacts): string {
  const { from, to, part, cols } = facts;
  if (state.prompt !== null) return fitted(`/${state.prompt}`, cols);
  const sign = state.searchFrom !== null ? "?" : state.isPlaying ? ">" : "=";
  const place = `${sign} ${formatClock(state.t_ms)}/${formatClock(to)}`;
  const speed = state.speed === 1 ? "" : `${Number(state.speed.toFixed(4))}x`;
  const words = [speed, part, state.message || (state.isPlaying ? "? help" : "paused, ? help")];
  const right = words.filter(Boolean).join("  ");
  const room = cols - columnsOfText(place) - columnsOfText(right) - 5;
  const bar = room < LEAST_BAR ? "" : `[${progress(state.t_ms, { ...facts, from, to }, room)}] `;
  return fitted(`${place} ${bar}${right}`, cols);
}

/** `===|==>-----`, with `|` where a mark is. */
function progress(t_ms: number, { timeline, from, to }: StatusFacts, width: number): string {
  const column = (time: number) =>
    Math.min(width - 1, Math.floor(((time - from) / Math.max(1, to - from)) * width));
  const here = column(t_ms);
  const bar = Array.from({ length: width }, (_, at): string => (at < here ? "=" : "-"));
  for (const mark of timeline.marks) if (mark.t_ms >= from && mark.t_ms <= to) bar[column(mark.t_ms)] = "|";
  bar[here] = ">";
  return bar.join("");
}

/** Labels and patterns may be wide or long: what does not fit is left out. */
function fitted(text: string, cols: number): string {
  return cutToColumns(stripAllButSgr(text).replaceAll("\u001b", ""), cols);
}
