import { describeInput } from "../assertions/event-checks.js";
import { type Mismatch, quote, showJson } from "../assertions/mismatch.js";
import type { Evidence, EvidenceEvent, FrameWithoutCells } from "../evidence/evidence.js";
import { nearest } from "../evidence/moment.js";

/** An assertion that does not hold, with the context that explains why. */
export interface Failure {
  /** Its group; empty outside of a scenario. */
  group: string;
  /** The assertion's name, or its type. */
  assertion: string;
  type: string;
  /** The line of the scenario file on which it begins; null outside of a file. */
  line: number | null;
  expected: string;
  found: string;
  t_ms: number;
  /** Events around that time, one line each. */
  nearby: string[];
  /** The frame nearest to that time. */
  screen: FrameWithoutCells | null;
  /** The service event nearest to that time. */
  service: { seq: number; t_ms: number; json: string } | null;
  /** The whole screen that was expected, as safe text, where one was. */
  expectedScreen?: string;
  /** A command that shows that moment. */
  command: string | null;
}

const BEFORE = 2;
const AROUND = 5;

/** Collects the context of the moment at which an assertion does not hold. */
export function explain(
  mismatch: Mismatch,
  { group, name, type, line = null }: { group: string; name?: string; type: string; line?: number | null },
  evidence: Evidence,
): Failure {
  const { events, frames } = evidence;
  const index = events.findIndex(({ t_ms }) => t_ms >= mismatch.t_ms);
  const start = Math.max(0, (index < 0 ? events.length : index) - BEFORE);
  const serviceEvents = events.filter((event) => event.kind === "service-event");
  const service = nearest(serviceEvents, mismatch.t_ms);
  return {
    group,
    assertion: name ?? type,
    type,
    line,
    ...mismatch,
    nearby: events.slice(start, start + AROUND).map(describeEvent),
    screen: nearest(frames, mismatch.t_ms) ?? null,
    service: service ? { seq: service.seq, t_ms: service.t_ms, json: service.record.payload.json } : null,
    command: evidence.commandFor(mismatch.t_ms),
  };
}

/** An event on one line. */
export function describeEvent(event: EvidenceEvent): string {
  return `${event.seq} at ${event.t_ms} ms: ${describeRecord(event)}`;
}

function describeRecord(event: EvidenceEvent): string {
  switch (event.kind) {
    case "input":
      return `input ${describeInput(event.record)}`;
    case "output":
      return `output of ${event.record.length} bytes`;
    case "frame":
      return `frame ${quote(event.record.text.find((row) => row.trim() !== "") ?? "")}`;
    case "service-event":
      return `service-event ${showJson(JSON.parse(event.record.payload.json))}`;
    case "final":
      return "final";
  }
}
