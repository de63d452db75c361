import { markLabel } from "@cassette/core/reader";
import type { Evidence, EvidenceEvent, FrameWithoutCells } from "./evidence.js";

/** A moment of a recording: milliseconds since it began, the place of an event, or a mark's label. */
export type Moment = number | { seq: number } | { mark: string };

/**
 * The place of a moment: the last event up to it.
 * @param moment default: the end.
 * @returns 0 before the first event; null for an unknown mark, and beyond the end.
 */
export function seqAt({ events }: Pick<Evidence, "events">, moment?: Moment): number | null {
  const end = endOf(events);
  if (moment === undefined) return end.seq;
  if (typeof moment === "number") {
    if (!isUpTo(end.t_ms, moment)) return null;
    return events.findLast(({ t_ms }) => t_ms <= moment)?.seq ?? 0;
  }
  if ("seq" in moment) return isUpTo(end.seq, moment.seq) ? moment.seq : null;
  return events.find((event) => labelOf(event) === moment.mark)?.seq ?? null;
}

function endOf(events: Evidence["events"]): Pick<EvidenceEvent, "seq" | "t_ms"> {
  return events.at(-1) ?? { seq: 0, t_ms: 0 };
}

function isUpTo(end: number, value: number): boolean {
  return value >= 0 && value <= end;
}

/** The label of a mark; null for any other event. */
export function labelOf(event: EvidenceEvent): string | null {
  return event.kind === "service-event" ? markLabel(event.record) : null;
}

/** The labels of all marks, in order. */
function markLabels({ events }: Pick<Evidence, "events">): string[] {
  return events.map(labelOf).filter((label) => label !== null);
}

/** The frame closest in time; the earlier of two that are equally close. */
export function nearestFrame(
  { frames }: Pick<Evidence, "frames">,
  at_ms: number,
): FrameWithoutCells | undefined {
  return nearest(frames, at_ms);
}

/** The item closest in time; the first of several. */
export function nearest<T extends { t_ms: number }>(items: readonly T[], at_ms: number): T | undefined {
  let best: T | undefined;
  for (const item of items) {
    if (best === undefined || Math.abs(item.t_ms - at_ms) < Math.abs(best.t_ms - at_ms)) best = item;
  }
  return best;
}

/** Which moments there are, where one is asked for that is not: the marks, or the end. */
export function knownMoments(evidence: Pick<Evidence, "events">, moment: Moment | undefined): string {
  if (typeof moment === "object" && "mark" in moment) {
    const labels = markLabels(evidence).map((label) => JSON.stringify(label));
    return labels.length > 0 ? `the marks are ${labels.join(", ")}` : "there are no marks";
  }
  const { seq, t_ms } = endOf(evidence.events);
  return typeof moment === "number" ? `it ends at ${t_ms} ms` : `the last event is ${seq}`;
}

/** Describes a moment in a sentence. */
export function describeMoment(moment: Moment | undefined): string {
  if (moment === undefined) return "at the end";
  if (typeof moment === "number") return `at ${moment} ms`;
  return "seq" in moment ? `after event ${moment.seq}` : `at the mark ${JSON.stringify(moment.mark)}`;
}
