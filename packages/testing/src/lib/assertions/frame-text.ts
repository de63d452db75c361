import type { Evidence, FrameWithoutCells } from "../evidence/evidence.js";
import { nearestFrame } from "../evidence/moment.js";
import type {
  FrameContains,
  FrameEventuallyContains,
  FrameNeverContains,
  FrameStableFor,
} from "./assertion.js";
import type { FrameMatches } from "./cassette-assertion.js";
import { closestFrame, describeClosest } from "./closest-frame.js";
import { type Check, type Mismatch, quote } from "./mismatch.js";
import { toRegExp } from "./pattern.js";

/** A test for a text or a pattern in a frame. */
interface Wanted {
  said: string;
  /** Absent where it is a pattern. */
  text?: string;
  isIn(frame: FrameWithoutCells): boolean;
}

/** The rows of a frame joined by newlines. */
export function frameText(frame: Pick<FrameWithoutCells, "text">): string {
  return frame.text.join("\n");
}

function literal(text: string): Wanted {
  return { said: `contains ${quote(text)}`, text, isIn: (frame) => frameText(frame).includes(text) };
}

function matching(pattern: string): Wanted {
  const regex = toRegExp(pattern);
  return { said: `matches ${regex}`, isIn: (frame) => regex.test(frameText(frame)) };
}

function somewhere(wanted: Wanted, at_ms: number | undefined, evidence: Evidence): Mismatch | null {
  if (at_ms !== undefined) return atMoment(wanted, at_ms, evidence);
  if (evidence.frames.some(wanted.isIn)) return null;
  const { frames } = evidence;
  const closest = closestFrame(wanted.text, frames);
  return {
    expected: `some frame ${wanted.said}`,
    found: `none of the ${frames.length} frames does${closest ? `; ${describeClosest(closest)}` : ""}`,
    t_ms: closest?.frame.t_ms ?? frames.at(-1)?.t_ms ?? 0,
  };
}

function atMoment(wanted: Wanted, at_ms: number, evidence: Evidence): Mismatch | null {
  const frame = nearestFrame(evidence, at_ms);
  if (frame && wanted.isIn(frame)) return null;
  const expected = `the frame nearest to ${at_ms} ms ${wanted.said}`;
  if (!frame) return { expected, found: "there are no frames", t_ms: at_ms };
  const others = evidence.frames.filter(wanted.isIn);
  const where = others.length > 0 ? `; it is in ${framesAt(others)}` : "; no frame has it";
  return { expected, found: `frame ${frame.seq} at ${frame.t_ms} ms does not${where}`, t_ms: at_ms };
}

function nowhere(wanted: Wanted, { frames }: Evidence): Mismatch | null {
  const having = frames.filter(wanted.isIn);
  const [first] = having;
  if (!first) return null;
  return { expected: `no frame ${wanted.said}`, found: `${framesAt(having)}`, t_ms: first.t_ms };
}

function eventually(wanted: Wanted, window: Window, evidence: Evidence): Mismatch | null {
  const frames = framesWithin(evidence, window);
  if (frames.some(wanted.isIn)) return null;
  const expected = `a frame ${describeWindow(window)} ${wanted.said}`;
  const elsewhere = evidence.frames.filter(wanted.isIn);
  const closest = elsewhere.length > 0 ? null : closestFrame(wanted.text, evidence.frames);
  const where = elsewhere.length > 0 ? `; it is in ${framesAt(elsewhere)}` : "; no frame at all has it";
  return {
    expected,
    found: `none of the ${frames.length} frames there does${where}${closest ? `; ${describeClosest(closest)}` : ""}`,
    t_ms: closest?.frame.t_ms ?? window.at_ms ?? 0,
  };
}

/** A period of time; without `within_ms` up to the end. */
export interface Window {
  at_ms?: number;
  within_ms?: number;
}

/** The frames of a period, both ends included. */
export function framesWithin({ frames }: Evidence, { at_ms = 0, within_ms }: Window): FrameWithoutCells[] {
  const end = within_ms === undefined ? Number.POSITIVE_INFINITY : at_ms + within_ms;
  return frames.filter(({ t_ms }) => t_ms >= at_ms && t_ms <= end);
}

/** A period in words. */
export function describeWindow({ at_ms = 0, within_ms }: Window): string {
  return within_ms === undefined ? `from ${at_ms} ms on` : `from ${at_ms} to ${at_ms + within_ms} ms`;
}

function framesAt(frames: readonly FrameWithoutCells[]): string {
  const [first] = frames;
  const more = frames.length > 1 ? ` and ${frames.length - 1} more` : "";
  return `frame ${first?.seq} at ${first?.t_ms} ms${more}`;
}

export const frameContains: Check<FrameContains> = ({ text, at_ms }, evidence) =>
  somewhere(literal(text), at_ms, evidence);

export const frameNeverContains: Check<FrameNeverContains> = ({ text }, evidence) =>
  nowhere(literal(text), evidence);

export const frameEventuallyContains: Check<FrameEventuallyContains> = ({ text, ...window }, evidence) =>
  eventually(literal(text), window, evidence);

export const frameStableFor: Check<FrameStableFor> = ({ text, at_ms = 0, stable_for_ms }, evidence) => {
  const window = { at_ms, within_ms: stable_for_ms };
  const frames = framesWithin(evidence, window);
  const wanted = literal(text);
  const breach = frames.find((frame) => !wanted.isIn(frame));
  if (frames.length > 0 && !breach) return null;
  const expected = `every frame ${describeWindow(window)} ${wanted.said}`;
  if (!breach) return { expected, found: "there is no frame in that time", t_ms: at_ms };
  return { expected, found: `frame ${breach.seq} at ${breach.t_ms} ms does not`, t_ms: breach.t_ms };
};

export const frameMatches: Check<FrameMatches> = (assertion, evidence) => {
  const wanted = matching(assertion.pattern);
  if (assertion.type === "frame_never_matches") return nowhere(wanted, evidence);
  if (assertion.type === "frame_matches") return somewhere(wanted, assertion.at_ms, evidence);
  return eventually(wanted, assertion, evidence);
};
