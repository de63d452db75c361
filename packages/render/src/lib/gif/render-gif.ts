import type { Grid } from "../grid/read-grid.js";
import type { Area } from "../raster/canvas.js";
import { openStudio, type Picture, type RasterOptions } from "../raster/picture.js";
import type { TimedScreen } from "../timing/timed-screen.js";
import { startGifEncoder } from "./encoder.js";
import { type FramePixels, readFrame } from "./frame-pixels.js";
import type { GifFrame } from "./frame-writer.js";
import { createGifTimes, type GifTimes } from "./gif-times.js";
import { loadGifenc } from "./load-gifenc.js";

/** What a GIF can be given besides. */
export interface GifOptions extends RasterOptions {
  /** How often it plays. Default: for ever. */
  loop?: number;
}

/** A GIF being made. */
interface Film {
  times: GifTimes;
  picture: Picture;
  /** What changed since the last frame. */
  changed: Area[];
  /** The last frame, until it is known how long it is shown. */
  frame: FramePixels;
  timeMs: number;
}

/**
 * Draws screens one after the other as a GIF, in pieces, so that memory does not grow with its length. Frames hold only what
 * changed. Times are exact to a hundredth of a second; what would be shown for less than two hundredths is left out.
 * @param screens at least one. The first one's size is the picture's: of a larger one the rest is cut off.
 * @throws CassetteError `CASSETTE_DRAWING_LIBRARY_MISSING` where an optional library is not installed, `CASSETTE_FONT_INVALID` for
 * a file that is no font; TypeError where there is no screen, one has no cells, or an option is out of range.
 */
export async function* renderGif(
  screens: Iterable<TimedScreen> | AsyncIterable<TimedScreen>,
  options: GifOptions = {},
): AsyncGenerator<Uint8Array> {
  // Here a missing library is not an error of the thread.
  loadGifenc();
  const studio = await openStudio(options);
  await using encoder = startGifEncoder(options.loop);
  let film: Film | null = null;
  for await (const { screen, durationMs } of screens) {
    const grid = studio.read(screen);
    if (film === null) film = startFilm(studio.open(grid, false), grid);
    else for (const frame of addScreen(film, grid, durationMs)) yield* await encoder.frame(frame);
    film.timeMs += durationMs;
  }
  if (film === null) throw new TypeError("A GIF needs at least one screen.");
  for (const frame of endFilm(film)) yield* await encoder.frame(frame);
  yield* await encoder.end();
}

function startFilm(picture: Picture, grid: Grid): Film {
  const { canvas } = picture;
  picture.paint(grid);
  const whole = { x0: 0, y0: 0, x1: canvas.width, y1: canvas.height };
  const frame = readFrame(canvas, [whole]);
  return { times: createGifTimes(), picture, changed: [], frame, timeMs: 0 };
}

function* addScreen(film: Film, grid: Grid, durationMs: number): Generator<GifFrame> {
  film.changed.push(...film.picture.paint(grid));
  if (film.changed.length === 0) return;
  const delays = film.times.next(film.timeMs, film.timeMs + durationMs);
  if (delays === null) return;
  yield* writeFrame(film, delays);
  takeFrame(film);
}

function* endFilm(film: Film): Generator<GifFrame> {
  if (film.changed.length > 0) {
    // The last screen was too short; it stays, so it is shown.
    yield* writeFrame(film, film.times.end(film.timeMs));
    takeFrame(film);
  }
  yield* writeFrame(film, film.times.end(film.timeMs));
}

function takeFrame(film: Film): void {
  film.frame = readFrame(film.picture.canvas, film.changed);
  film.changed = [];
}

function* writeFrame({ frame }: Film, [delayCs = 0, ...others]: number[]): Generator<GifFrame> {
  yield { ...frame, delayCs };
  for (const delay of others) yield { ...noChange(), delayCs: delay };
}

/** A frame of one pixel that stays as it is. */
function noChange(): FramePixels {
  return {
    area: { x0: 0, y0: 0, x1: 1, y1: 1 },
    indices: new Uint8Array(1),
    palette: [[0, 0, 0]],
    transparent: 0,
  };
}
