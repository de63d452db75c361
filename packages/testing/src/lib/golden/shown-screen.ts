import type { Screen } from "@cassette/format";
import type { Evidence } from "../evidence/evidence.js";
import { describeMoment, knownMoments, type Moment, seqAt } from "../evidence/moment.js";
import { withEvidence } from "../evidence/with-evidence.js";

/**
 * The screen of something at a moment, cells included.
 * @param from a cassette, its path, evidence, a running terminal, or a screen.
 * @param at default: the end.
 * @throws CassetteError of opening a cassette; TypeError for a value without screens, or an unknown moment.
 */
export async function shownScreen(from: unknown, at?: Moment): Promise<Screen> {
  if (!isScreen(from)) return withEvidence(from, (evidence) => screenOfEvidence(evidence, at));
  if (at !== undefined) throw new TypeError("A screen has no other moments.");
  return from;
}

function isScreen(from: unknown): from is Screen {
  return (
    typeof from === "object" && from !== null && "cursor" in from && "alternate" in from && "text" in from
  );
}

async function screenOfEvidence(evidence: Evidence, at?: Moment): Promise<Screen> {
  const seq = seqAt(evidence, at);
  if (seq !== null) return (await evidence.screenAt(seq)).screen;
  throw new TypeError(`There is no moment ${describeMoment(at)}: ${knownMoments(evidence, at)}.`);
}
