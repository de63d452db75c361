import { type Cassette, markLabel } from "@cassette/core/reader";
import type { InputRecord, ServiceEventRecord } from "@cassette/format";
import type { PageEvent } from "@cassette/render/page";
import { typedWords } from "@cassette/terminal/script";
import type { CassetteFacts } from "../facts/cassette-facts.js";
import { escapeJson, escapeText } from "../output/escape-text.js";

/** Text typed within this time continues the text before it. */
const TOGETHER_MS = 1_000;
/** Longer JSON is cut. */
const LONGEST_DETAIL = 20_000;
const LONGEST_TEXT = 200;

/** What happened in a recording, in words. Recorded text is escaped. */
export async function pageEvents(cassette: Cassette, { ended }: CassetteFacts): Promise<PageEvent[]> {
  const events: PageEvent[] = [];
  for await (const event of cassette.events({ kinds: ["input", "service-event"] })) {
    if (event.kind === "input") addInput(events, event.record);
    else if (event.kind === "service-event") events.push(serviceEvent(event.record));
  }
  const { t_ms, seq } = cassette.final;
  events.push({ kind: "exit", t_ms, seq, text: ended });
  return events;
}

function addInput(events: PageEvent[], record: InputRecord): void {
  // The terminal's own replies.
  if (record.answer) return;
  const { t_ms, seq } = record;
  const text = shortened(escapeText(typedWords(record)));
  const last = events.at(-1);
  if (record.size) events.push({ kind: "resize", t_ms, seq, text });
  else if (last?.kind === "input" && t_ms - last.t_ms < TOGETHER_MS && areOneText(last.text, text))
    last.text = `${last.text.slice(0, -1)}${text.slice(1)}`;
  else events.push({ kind: "input", t_ms, seq, text });
}

/** Whether both are typed text without an Enter between them. */
function areOneText(text: string, next: string): boolean {
  return /^"[^"\\]*"$/.test(text) && text.length < LONGEST_TEXT / 2 && /^"[^"\\]*"(?: Enter)?$/.test(next);
}

function serviceEvent(record: ServiceEventRecord): PageEvent {
  const { t_ms, seq, payload } = record;
  const label = markLabel(record);
  if (label !== null) return { kind: "mark", t_ms, seq, text: escapeText(label) };
  const detail = prettyJson(payload.json).split("\n").map(escapeJson).join("\n").slice(0, LONGEST_DETAIL);
  return { kind: "service", t_ms, seq, text: shortened(escapeJson(payload.json)), detail };
}

/** JSON in lines; as it is where that would change a number. */
function prettyJson(json: string): string {
  const value: unknown = JSON.parse(json);
  return JSON.stringify(value) === json ? JSON.stringify(value, null, 2) : json;
}

function shortened(text: string): string {
  return text.length <= LONGEST_TEXT ? text : `${text.slice(0, LONGEST_TEXT)}…`;
}
