import type { Evidence, EvidenceEvent } from "../evidence/evidence.js";
import { labelOf } from "../evidence/moment.js";
import { queryJson } from "../json/query-json.js";
import type { EventOrder, EventPattern } from "./cassette-assertion.js";
import { closestFrame, describeClosest } from "./closest-frame.js";
import { fromHex } from "./event-checks.js";
import { frameText } from "./frame-text.js";
import { type Check, showJson } from "./mismatch.js";
import { sameJson } from "./service-checks.js";

export const eventOrder: Check<EventOrder> = async ({ events: patterns }, evidence) => {
  let after = 0;
  let t_ms = 0;
  for (const [index, pattern] of patterns.entries()) {
    const found = await firstLike(pattern, after, evidence);
    if (!found) {
      const earlier = await firstLike(pattern, 0, evidence);
      const before = index === 0 ? "" : ` after event ${after} at ${t_ms} ms`;
      const place = `number ${index + 1} of ${patterns.length} in this order`;
      const where = earlier ? `; there is one at ${earlier.t_ms} ms, event ${earlier.seq}` : "";
      const closest = earlier ? null : closestFrame(pattern.text, evidence.frames);
      return {
        expected: `${describePattern(pattern)}${before}, ${place}`,
        found: `there is none${where}${closest ? `; ${describeClosest(closest)}` : ""}`,
        t_ms: closest?.frame.t_ms ?? t_ms,
      };
    }
    after = found.seq;
    t_ms = found.t_ms;
  }
  return null;
};

async function firstLike(
  pattern: EventPattern,
  after: number,
  evidence: Evidence,
): Promise<EvidenceEvent | undefined> {
  for (const event of evidence.events) {
    if (event.seq > after && (await isLike(event, pattern, evidence))) return event;
  }
  return undefined;
}

async function isLike(event: EvidenceEvent, pattern: EventPattern, evidence: Evidence): Promise<boolean> {
  const { text } = pattern;
  if (!hasFacts(event, pattern)) return false;
  return text === undefined || (await textOf(event, evidence)).includes(text);
}

/** Whether an event is as a pattern says, but for its text. */
function hasFacts(event: EvidenceEvent, { kind, key, bytes_hex, json_path, equals }: EventPattern): boolean {
  if (kind !== undefined && !hasKind(event, kind)) return false;
  if (key !== undefined && !hasKey(event, key)) return false;
  if (bytes_hex !== undefined && !hasBytes(event, bytes_hex)) return false;
  return json_path === undefined || hasJson(event, json_path, equals);
}

function hasKind(event: EvidenceEvent, kind: NonNullable<EventPattern["kind"]>): boolean {
  if (kind === "mark") return labelOf(event) !== null;
  if (kind === "resize" || kind === "signal") return event.kind === "input" && event.record.kind === kind;
  return event.kind === kind;
}

function hasKey(event: EvidenceEvent, key: string): boolean {
  return event.kind === "input" && event.record.key === key;
}

function hasBytes(event: EvidenceEvent, hex: string): boolean {
  if (event.kind !== "input" || !event.record.bytes) return false;
  return Buffer.from(event.record.bytes).equals(fromHex(hex));
}

function hasJson(event: EvidenceEvent, path: string, equals: EventPattern["equals"]): boolean {
  if (event.kind !== "service-event") return false;
  const values = queryJson(JSON.parse(event.record.payload.json), path);
  return values.some((value) => equals === undefined || sameJson(value, equals));
}

async function textOf(event: EvidenceEvent, evidence: Evidence): Promise<string> {
  switch (event.kind) {
    case "frame":
      return frameText(event.record);
    case "output":
      return Buffer.from(await evidence.bytes(event.record)).toString();
    case "input":
      return Buffer.from(event.record.bytes ?? []).toString();
    case "service-event":
      return labelOf(event) ?? event.record.payload.json;
    case "final":
      return event.record.final_text ?? "";
  }
}

function describePattern({ kind, ...facts }: EventPattern): string {
  const details = Object.entries(facts).map(([name, value]) => `${name} ${showJson(value)}`);
  return [kind ?? "event", ...details].join(" ");
}
