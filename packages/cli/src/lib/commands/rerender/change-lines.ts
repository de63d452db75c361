import type { EmulatorIdentity } from "@cassette/format";
import type { ScreenChanges } from "@cassette/terminal/editing";
import { escapeText } from "../../output/escape-text.js";
import { formatSeconds } from "../../time-text.js";

/** Changed screens that are listed for each cassette. */
const MOST_LINES = 20;

/** A summary of the changes, one line each. */
export function changeLines(
  path: string,
  { from, to, frames, changed, changedCount }: ScreenChanges,
): string[] {
  const name = escapeText(path);
  if (changedCount === 0)
    return [`same ${name} ${frames} frames${nameOf(from) === nameOf(to) ? "" : fromTo(from, to)}`];
  const listed = changed.slice(0, MOST_LINES);
  const more = changedCount - listed.length;
  return [
    `changed ${name} ${changedCount} of ${frames} frames${fromTo(from, to)}`,
    ...listed.map(({ seq, t_ms, parts, rows }) => {
      const where = rows.length === 0 ? "" : `; rows ${rangesIn(rows.map((row) => row + 1))}`;
      return `  record ${seq} at ${formatSeconds(t_ms)}: ${parts.join(", ")}${where}`;
    }),
    ...(more > 0 ? [`  and ${more} more`] : []),
  ];
}

function fromTo(from: EmulatorIdentity, to: EmulatorIdentity): string {
  return `, from ${escapeText(nameOf(from))} to ${escapeText(nameOf(to))}`;
}

function nameOf({ name, version }: EmulatorIdentity): string {
  return `${name}@${version}`;
}

/** Rising numbers as `1, 3-5`. */
export function rangesIn(numbers: readonly number[]): string {
  const ranges: [first: number, last: number][] = [];
  for (const number of numbers) {
    const last = ranges.at(-1);
    if (last !== undefined && last[1] === number - 1) last[1] = number;
    else ranges.push([number, number]);
  }
  return ranges.map(([first, last]) => (first === last ? `${first}` : `${first}-${last}`)).join(", ");
}
