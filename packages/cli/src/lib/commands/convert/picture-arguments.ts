import { CassetteError } from "@cassette/format";

/** Rows or columns counted from zero. */
export interface Range {
  start: number;
  count: number;
}

/**
 * Parses `3-10`, `3` or `3-`: rows or columns counted from 1, both ends included.
 * @throws CassetteError CASSETTE_USAGE.
 */
export function parseRange(text: string): Range {
  const [, first, dash, last] = /^(\d{1,4})(-(\d{1,4})?)?$/.exec(text.trim()) ?? [];
  const start = Number(first) - 1;
  const end = last !== undefined ? Number(last) : dash === undefined ? start + 1 : Number.POSITIVE_INFINITY;
  if (start >= 0 && end > start) return { start, count: end - start };
  throw new CassetteError("CASSETTE_USAGE", "Rows and columns are FIRST-LAST, counted from 1, such as 1-10.");
}

/**
 * Parses a rate of pictures: above 0, at most 50 a second, which is the most that GIF has.
 * @throws CassetteError CASSETTE_USAGE.
 */
export function parseRate(text: string): number {
  const rate = Number(text);
  if (rate > 0 && rate <= 50) return rate;
  throw new CassetteError("CASSETTE_USAGE", "A rate is a number above 0 and at most 50.");
}

/**
 * Parses how often: a whole number from 1.
 * @throws CassetteError CASSETTE_USAGE.
 */
export function parseCount(text: string): number {
  const count = Number(text);
  if (Number.isInteger(count) && count >= 1 && count <= 65_535) return count;
  throw new CassetteError("CASSETTE_USAGE", "A whole number from 1 to 65535 is expected.");
}

/**
 * Parses a length in pixels: from 0 to 200.
 * @throws CassetteError CASSETTE_USAGE.
 */
export function parsePixels(text: string): number {
  const pixels = text.trim() === "" ? Number.NaN : Number(text);
  if (pixels >= 0 && pixels <= 200) return pixels;
  throw new CassetteError("CASSETTE_USAGE", "A length is a number of pixels from 0 to 200.");
}

/**
 * Parses a level of compression: a digit.
 * @throws CassetteError CASSETTE_USAGE.
 */
export function parseLevel(text: string): number {
  if (/^\d$/.test(text)) return Number(text);
  throw new CassetteError("CASSETTE_USAGE", "A level of compression is a digit, 0 to 9.");
}
