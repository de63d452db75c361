import { countBells } from "../evidence/count-bells.js";
import type { Evidence } from "../evidence/evidence.js";
import type { BellRings } from "./cassette-assertion.js";
import { describeWindow } from "./frame-text.js";
import type { Check } from "./mismatch.js";

export const bellRings: Check<BellRings> = async ({ min = 1, max, ...window }, evidence) => {
  const { at_ms = 0, within_ms = Number.POSITIVE_INFINITY } = window;
  const { rings, first } = await ringsBetween(at_ms, at_ms + within_ms, evidence);
  if (rings >= min && rings <= (max ?? Number.POSITIVE_INFINITY)) return null;
  const most = max === undefined ? "" : ` and at most ${max}`;
  return {
    expected: `the bell rings at least ${min}${most} times ${describeWindow(window)}`,
    found: rings === 0 ? "it does not ring" : `it rings ${rings} times, first at ${first} ms`,
    t_ms: first ?? at_ms,
  };
};

/** How often the bell rings between two times, those included, and when it rings first. */
async function ringsBetween(
  from: number,
  to: number,
  evidence: Evidence,
): Promise<{ rings: number; first: number | undefined }> {
  const listen = countBells();
  let rings = 0;
  let first: number | undefined;
  for (const { kind, t_ms, record } of evidence.events) {
    if (kind !== "output") continue;
    // Earlier output counts, too: it may have begun a sequence.
    const rung = listen(await evidence.bytes(record));
    if (t_ms < from || t_ms > to) continue;
    rings += rung;
    if (rung > 0) first ??= t_ms;
  }
  return { rings, first };
}
