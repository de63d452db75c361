import { type Cassette, createPrintedText } from "@cassette/core/reader";
import type { Screen } from "@cassette/format";
import { escapeText } from "../output/escape-text.js";

/** Longer lines are cut. */
const LONGEST = 1_000;

/** Finds the lines that scrolled by between two screens of a recording. */
export interface PassedLines {
  /** Those since the call before. Moments rise. Lines end up here whose text is on neither screen; recorded text is escaped. */
  until(t_ms: number, screen: Screen): Promise<string[]>;
  close(): Promise<void>;
}

/**
 * Reads the output beside the screens. Programs on the alternate screen do not scroll: what they print is not looked at.
 * @param fromMs what was printed before is left out.
 */
export function openPassedLines(cassette: Cassette, fromMs: number): PassedLines {
  const chunks = cassette.events({ kinds: ["output"] })[Symbol.asyncIterator]();
  const printed = createPrintedText();
  let next = chunks.next();
  let before: Screen | null = null;
  async function printedUntil(endMs: number): Promise<string[]> {
    const lines: string[] = [];
    for (let step = await next; !step.done && step.value.t_ms <= endMs; step = await next) {
      const { kind, seq, t_ms, record } = step.value;
      next = chunks.next();
      if (kind !== "output") continue;
      const found = printed.add(await cassette.bytes(record), seq, t_ms);
      for (const line of found) if (line.t_ms >= fromMs) lines.push(line.text.trim());
    }
    return lines;
  }

  return {
    async until(t_ms, screen) {
      const lines = await printedUntil(t_ms);
      const shown = [...(before?.text ?? []), ...screen.text];
      const isDrawing = screen.alternate && (before === null || before.alternate);
      before = screen;
      return isDrawing ? [] : unseen(lines, shown);
    },
    async close() {
      await chunks.return?.();
    },
  };
}

function unseen(lines: readonly string[], shown: readonly string[]): string[] {
  if (lines.length === 0) return [];
  // A long line is on several rows.
  const all = shown.join("");
  return lines
    .filter((line) => line !== "" && !all.includes(line))
    .map((line) => escapeText(line.slice(0, LONGEST)));
}
