import type { SearchPlace } from "@cassette/core/reader";
import { CassetteError, type EmulatorIdentity } from "@cassette/format";
import { isTimeout, parseDuration } from "@cassette/format/units";

/**
 * Parses a time limit: a duration above 0 with its unit, at most what a timer can wait. Other tools count limits in seconds.
 * @returns milliseconds
 * @throws CassetteError CASSETTE_USAGE.
 */
export function parseTimeout(text: string): number {
  const ms = parseDuration(text);
  if (isTimeout(ms) && /[a-z]\s*$/.test(text)) return ms;
  if (isTimeout(ms))
    throw new CassetteError("CASSETTE_USAGE", "A timeout names its unit.", {
      hint: `Write ${text.trim()}s or ${text.trim()}ms.`,
    });
  throw new CassetteError("CASSETTE_USAGE", "A timeout is above 0 and at most 24d.");
}

/**
 * Parses a speed: a number above 0.
 * @throws CassetteError CASSETTE_USAGE.
 */
export function parseSpeed(text: string): number {
  const factor = Number(text);
  if (factor > 0 && Number.isFinite(factor)) return factor;
  throw new CassetteError("CASSETTE_USAGE", "A speed is a number above 0.");
}

/**
 * Parses an emulator's name and version, `NAME@VERSION`; the name may have an `@` of its own.
 * @throws CassetteError CASSETTE_USAGE.
 */
export function parseEmulatorIdentity(text: string): EmulatorIdentity {
  const at = text.lastIndexOf("@");
  if (at > 0 && at < text.length - 1) return { name: text.slice(0, at), version: text.slice(at + 1) };
  throw new CassetteError("CASSETTE_USAGE", "An emulator is NAME@VERSION, such as @xterm/headless@6.0.0+3.");
}

/** All places that can be searched. */
export const SEARCH_PLACES: readonly SearchPlace[] = ["screen", "output", "input", "event"];

/**
 * Parses a list of places to search, separated by commas.
 * @throws CassetteError CASSETTE_USAGE.
 */
export function parseSearchPlaces(text: string): SearchPlace[] {
  const places = text.split(",").map((place) => place.trim());
  const known: readonly string[] = SEARCH_PLACES;
  if (places.every((place): place is SearchPlace => known.includes(place))) return places;
  throw new CassetteError("CASSETTE_USAGE", "Places are screen, output, input and event.");
}

/**
 * Parses seconds: a bare number above 0, or a duration such as `500ms`.
 * @returns seconds
 * @throws CassetteError CASSETTE_USAGE.
 */
export function parseSeconds(text: string): number {
  const seconds = /^\d+(\.\d+)?$/.test(text.trim()) ? Number(text) : parseDuration(text) / 1_000;
  if (seconds > 0) return seconds;
  throw new CassetteError("CASSETTE_USAGE", "A number of seconds above 0 is expected.");
}

/** Whether a text can be the name of a terminal type: a file name without blanks. */
export function isTermName(text: string): boolean {
  return /^[A-Za-z0-9][\w.+-]{0,127}$/.test(text);
}

/**
 * Parses the name of a terminal type, such as `xterm-256color`.
 * @throws CassetteError CASSETTE_USAGE.
 */
export function parseTermName(text: string): string {
  if (isTermName(text)) return text;
  throw new CassetteError(
    "CASSETTE_USAGE",
    "A terminal's name has letters, digits and `_.+-`, such as xterm-256color.",
  );
}

/**
 * Parses a resolution: whole milliseconds, at least one.
 * @returns milliseconds
 * @throws CassetteError CASSETTE_USAGE.
 */
export function parseResolution(text: string): number {
  const ms = parseDuration(text);
  if (Number.isInteger(ms) && ms >= 1) return ms;
  throw new CassetteError(
    "CASSETTE_USAGE",
    "A resolution is a whole number of milliseconds, such as 1ms or 100ms.",
  );
}

/**
 * Parses a shard: `I/N`, from 1.
 * @throws CassetteError CASSETTE_USAGE.
 */
export function parseShard(text: string): { index: number; count: number } {
  const [, index = 0, count = 0] = (/^(\d{1,5})\/(\d{1,5})$/.exec(text) ?? []).map(Number);
  if (index >= 1 && index <= count) return { index, count };
  throw new CassetteError("CASSETTE_USAGE", "A shard is I/N, such as 3/8, with I from 1 to N.");
}
