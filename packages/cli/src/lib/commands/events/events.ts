import { type Cassette, inputWords } from "@cassette/core/reader";
import type { CassetteEvent, FinalRecord } from "@cassette/format";
import {
  encodeFinalRecord,
  encodeFrameRecord,
  encodeInputRecord,
  encodeOutputRecord,
  encodeServiceEventRecord,
} from "@cassette/format/schema";
import { escapeJson, escapeText } from "../../output/escape-text.js";
import { EXIT } from "../../output/exit-status.js";
import type { Streams } from "../../output/report-error.js";
import { createWriter } from "../../output/writer.js";
import { openRecording } from "../../recordings/open-recording.js";
import { formatSeconds } from "../../time-text.js";

/** Lists a cassette's events in order, one line each. */
export async function events(
  dir: string,
  { json }: { json?: boolean },
  { stdout, stderr }: Streams,
): Promise<number> {
  const cassette = await openRecording(dir, stderr);
  try {
    const writer = createWriter(stdout);
    for await (const event of cassette.events()) {
      await writer.line(json ? escapeJson(asJson(event)) : asLine(event, await beginning(cassette, event)));
    }
    return EXIT.success;
  } finally {
    await cassette.close();
  }
}

/** Nests the record under its kind, because an input record has a `kind` itself. */
function asJson(event: CassetteEvent): string {
  const { seq, t_ms, kind } = event;
  return `{"seq":${seq},"t_ms":${t_ms},"kind":"${kind}","${kind}":${encodeRecord(event)}}`;
}

function encodeRecord(event: CassetteEvent): string {
  switch (event.kind) {
    case "input":
      return encodeInputRecord(event.record);
    case "output":
      return encodeOutputRecord(event.record);
    case "frame":
      return encodeFrameRecord(event.record);
    case "service-event":
      return encodeServiceEventRecord(event.record);
    case "final":
      return encodeFinalRecord(event.record, "compact");
  }
}

/** The beginning of a chunk of output that fits on a line. */
const EXCERPT_BYTES = 160;
const EXCERPT_CHARS = 40;

async function beginning(cassette: Cassette, event: CassetteEvent): Promise<string> {
  if (event.kind !== "output") return "";
  const bytes = await cassette.bytes(event.record);
  const text = escapeText(Buffer.from(bytes.subarray(0, EXCERPT_BYTES)).toString("utf8"));
  const isCut = text.length > EXCERPT_CHARS || bytes.length > EXCERPT_BYTES;
  return `  ${Array.from(text).slice(0, EXCERPT_CHARS).join("")}${isCut ? "…" : ""}`;
}

function asLine(event: CassetteEvent, excerpt: string): string {
  const time = formatSeconds(event.t_ms);
  return `${String(event.seq).padStart(6)} ${time.padStart(10)}  ${event.kind.padEnd(13)}  ${escapeText(summary(event))}${excerpt}`;
}

function summary(event: CassetteEvent): string {
  switch (event.kind) {
    case "input": {
      const words = inputWords(event.record);
      return event.record.answer ? `answer ${words}` : words;
    }
    case "output":
      return `${event.record.length} bytes at ${event.record.offset}`;
    case "frame": {
      const { size, raw_end, title } = event.record;
      return `${size.Cols}x${size.Rows} after byte ${raw_end}${title ? ` "${title}"` : ""}`;
    }
    case "service-event":
      return event.record.payload.json;
    case "final":
      return describeEnd(event.record);
  }
}

function describeEnd({ exit, duration_ms }: FinalRecord): string {
  if (!exit) return `after ${duration_ms} ms`;
  return `${exit.Signaled ? `signal: ${exit.Signal}` : `exit ${exit.Code}`} after ${duration_ms} ms`;
}
