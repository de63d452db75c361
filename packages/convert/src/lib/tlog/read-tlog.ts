import type { FreeMap, JsonValue } from "@cassette/format";
import { createEventTimes, type EventTimes } from "../recording/event-times.js";
import { knownFields } from "../recording/known-fields.js";
import { createLossTally, type LossTally } from "../recording/losses.js";
import type { ReadRecording, RecordingEvent } from "../recording/recording.js";
import { resizeEvent } from "../recording/resize-event.js";
import { startAtSecond } from "../recording/start-time.js";
import { sizeOf } from "../recording/terminal-size.js";
import { type LineBatch, readLines } from "../source/lines.js";
import { isMap, numberIn, parseJson, textIn } from "../source/parse-json.js";
import { limitExceeded, type Source, sourceInvalid } from "../source/source.js";

/** A message of a recording. */
interface Message {
  fields: FreeMap;
  line: number;
}

/**
 * Reads messages of tlog, one JSON object a line. Where a file holds several recordings, the first is read.
 * @throws CassetteError CASSETTE_SOURCE_INVALID, CASSETTE_LIMIT_EXCEEDED; later from the events, too.
 */
export async function readTlog(source: Source): Promise<ReadRecording> {
  const losses = createLossTally();
  const batches = readMessages(source, losses);
  let first: Message[] = [];
  while (first.length === 0) {
    const next = await batches.next();
    if (next.done) throw sourceInvalid(source, "There is no message of tlog.", { line: 1 });
    first = next.value;
  }
  const { fields = {}, line = 1 } = first[0] ?? {};
  const startedAtMs = startAtSecond(numberIn(fields.time), 2 ** 33);
  const [, cols, rows] = /^=(\d{1,9})x(\d{1,9})/.exec(String(fields.timing)) ?? [];
  return {
    format: "tlog",
    facts: {
      size: sizeOf(source, Number(cols ?? 0), Number(rows ?? 0), { line }),
      startedAtMs: startedAtMs && Math.floor(startedAtMs),
      term: textIn(fields.term),
      tool: "tlog",
      header: headerOf(fields),
    },
    losses,
    async *events() {
      const reader: MessageReader = {
        source,
        losses,
        times: createEventTimes(source, losses),
        rec: fields.rec ?? null,
      };
      let count = 0;
      yield* take(first);
      for await (const messages of batches) yield* take(messages);
      if (source.isTruncated) losses.add("truncated-end");

      function* take(messages: readonly Message[]) {
        const events = messages.flatMap((message) => eventsOf(message, reader));
        count += events.length;
        if (count > source.limits.events)
          throw limitExceeded(source, "There are more events", source.limits.events, {
            line: messages[0]?.line,
          });
        yield events;
      }
    },
  };
}

/** What all messages of a recording say alike. */
function headerOf({ ver, host, rec, user, session }: FreeMap): FreeMap {
  return knownFields({ ver, host, rec, user, session });
}

async function* readMessages(source: Source, losses: LossTally): AsyncGenerator<Message[]> {
  for await (const batch of readLines(source)) yield messagesIn(batch, source, losses);
}

function messagesIn({ lines, first, isCut }: LineBatch, source: Source, losses: LossTally): Message[] {
  return lines.flatMap((text, index) => {
    if (text.trim() === "") return [];
    const line = first + index;
    if (isCut && !text.trimEnd().endsWith("}")) {
      losses.add("truncated-end", Buffer.byteLength(text));
      return [];
    }
    const fields = parseJson(source, text, { line });
    if (isMap(fields) && typeof fields.timing === "string" && fields.ver !== undefined)
      return [{ fields, line }];
    throw sourceInvalid(source, "This is not a message of tlog.", { line });
  });
}

interface MessageReader {
  source: Source;
  losses: LossTally;
  times: EventTimes;
  /** The recording that is read. */
  rec: JsonValue;
}

/** A text of characters and an array of bytes that take turns. */
interface Stream {
  characters: string[];
  bytes: number[];
  character: number;
  byte: number;
}

type Streams = Record<"input" | "output", Stream>;

const STEP = /\+(\d{1,15})|=(\d{1,9})x(\d{1,9})|([<>])(\d{1,9})|([[\]])(\d{1,9})\/(\d{1,9})/y;

function eventsOf({ fields, line }: Message, reader: MessageReader): RecordingEvent[] {
  const { source, losses, times, rec } = reader;
  if ((fields.rec ?? null) !== rec) {
    losses.add("other-recordings");
    return [];
  }
  const streams: Streams = { input: streamIn(fields, "in"), output: streamIn(fields, "out") };
  const timing = String(fields.timing);
  const events: RecordingEvent[] = [];
  let atMs = numberIn(fields.pos) ?? 0;
  STEP.lastIndex = 0;
  while (STEP.lastIndex < timing.length) {
    const step = STEP.exec(timing);
    if (!step) throw sourceInvalid(source, "The timing of this message is malformed.", { line });
    const [, delay] = step;
    if (delay !== undefined) {
      atMs += Number(delay);
      continue;
    }
    const event = eventOf({ step, atUs: times.at(atMs * 1_000, { line }), line }, streams, reader);
    if (event) events.push(event);
  }
  return events;
}

function eventOf(
  { step, atUs, line }: { step: RegExpExecArray; atUs: number; line: number },
  streams: Streams,
  { source, losses }: MessageReader,
): RecordingEvent | null {
  const [, , cols, rows] = step;
  if (cols !== undefined)
    return resizeEvent(atUs, sizeOf(source, Number(cols), Number(rows), { line }), losses);
  const data = takeData(step, streams);
  if (data) return { ...data, atUs };
  throw sourceInvalid(source, "The timing takes more than the message holds.", { line });
}

/** Takes the characters or the bytes of a step; null where the message holds fewer. */
function takeData(
  step: RegExpExecArray,
  streams: Streams,
): { kind: keyof Streams; bytes: Uint8Array } | null {
  const [, , , , textMark, characters, binMark, skipped, count] = step;
  const kind = textMark === ">" || binMark === "]" ? "output" : "input";
  const bytes =
    characters !== undefined
      ? takeText(streams[kind], Number(characters))
      : takeBytes(streams[kind], Number(skipped), Number(count));
  return bytes && { kind, bytes };
}

function streamIn(fields: FreeMap, name: "in" | "out"): Stream {
  const bytes = fields[`${name}_bin`];
  const isByte = (value: JsonValue): value is number =>
    Number.isInteger(value) && Number(value) >= 0 && Number(value) < 256;
  return {
    characters: Array.from(textIn(fields[`${name}_txt`]) ?? ""),
    bytes: Array.isArray(bytes) ? bytes.filter(isByte) : [],
    character: 0,
    byte: 0,
  };
}

function takeText(stream: Stream, count: number): Uint8Array | null {
  const end = stream.character + count;
  if (end > stream.characters.length) return null;
  const text = stream.characters.slice(stream.character, end).join("");
  stream.character = end;
  return Buffer.from(text, "utf8");
}

function takeBytes(stream: Stream, skipped: number, count: number): Uint8Array | null {
  const [character, end] = [stream.character + skipped, stream.byte + count];
  if (character > stream.characters.length || end > stream.bytes.length) return null;
  stream.character = character;
  const bytes = Uint8Array.from(stream.bytes.slice(stream.byte, end));
  stream.byte = end;
  return bytes;
}
