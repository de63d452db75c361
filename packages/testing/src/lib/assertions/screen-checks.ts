import { escapeLine } from "@cassette/format";
import type { Evidence, EvidenceScreen } from "../evidence/evidence.js";
import { describeMoment, knownMoments, type Moment, seqAt } from "../evidence/moment.js";
import type { AlternateScreen, At, ScreenEquals, TitleIs } from "./cassette-assertion.js";
import { type Check, type Mismatch, quote } from "./mismatch.js";
import { normaliseRows } from "./normalise.js";
import { toRegExp } from "./pattern.js";

/** The moment of an assertion. */
export function momentOf({ at_ms, at_seq, at_mark }: At): Moment | undefined {
  if (at_mark !== undefined) return { mark: at_mark };
  return at_seq === undefined ? at_ms : { seq: at_seq };
}

/** The screen of an assertion, or why there is none. */
export async function screenOf(at: At, evidence: Evidence): Promise<EvidenceScreen | Mismatch> {
  const moment = momentOf(at);
  const seq = seqAt(evidence, moment);
  if (seq !== null) return evidence.screenAt(seq);
  const expected =
    moment && typeof moment === "object" && "mark" in moment
      ? `a mark ${quote(moment.mark)}`
      : `a moment ${describeMoment(moment)}`;
  return { expected: `there is ${expected}`, found: knownMoments(evidence, moment), t_ms: 0 };
}

export const titleIs: Check<TitleIs> = async (assertion, evidence) => {
  const at = await screenOf(assertion, evidence);
  if ("expected" in at) return at;
  const { text, pattern } = assertion;
  const { title } = at.screen;
  const regex = pattern === undefined ? undefined : toRegExp(pattern);
  if ((text ?? title) === title && (regex?.test(title) ?? true)) return null;
  const wanted = text === undefined ? `matches ${regex}` : `is ${quote(text)}`;
  const expected = `${describeMoment(momentOf(assertion))} the title ${wanted}`;
  return { expected, found: title === "" ? "there is none" : `it is ${quote(title)}`, t_ms: at.t_ms };
};

export const alternateScreen: Check<AlternateScreen> = async (assertion, evidence) => {
  const at = await screenOf(assertion, evidence);
  if ("expected" in at) return at;
  const { active = true } = assertion;
  if (at.screen.alternate === active) return null;
  const [wanted, shown] = active ? ["alternate", "ordinary"] : ["ordinary", "alternate"];
  const expected = `${describeMoment(momentOf(assertion))} the ${wanted} screen is shown`;
  return { expected, found: `the ${shown} one is`, t_ms: at.t_ms };
};

export const screenEquals: Check<ScreenEquals> = async (assertion, evidence) => {
  const at = await screenOf(assertion, evidence);
  if ("expected" in at) return at;
  const { text, normalise = true } = assertion;
  const prepared = (rows: string[]) => withoutBlankEnds(normalise ? normaliseRows(rows) : rows);
  const [wanted, shown] = [prepared(text.split("\n")), prepared(at.screen.text)];
  const length = Math.max(wanted.length, shown.length);
  const different = Array.from({ length }, (_, row) => row).filter(
    (row) => (wanted[row] ?? "") !== (shown[row] ?? ""),
  );
  const [first] = different;
  if (first === undefined) return null;
  return {
    expected: `${describeMoment(momentOf(assertion))} the screen is the given text; row ${first + 1} is ${quote(wanted[first] ?? "")}`,
    found: `${different.length} of ${length} rows differ; row ${first + 1} is ${quote(shown[first] ?? "")}`,
    t_ms: at.t_ms,
    expectedScreen: wanted.map(escapeLine).join("\n"),
  };
};

function withoutBlankEnds(rows: string[]): string[] {
  const trimmed = rows.map((row) => row.trimEnd());
  return trimmed.slice(0, trimmed.findLastIndex((row) => row !== "") + 1);
}
