import type { FreeMap } from "@cassette/format";
import { createEventTimes, type EventTimes } from "../recording/event-times.js";
import { createLossTally, type LossTally } from "../recording/losses.js";
import type { ReadRecording, RecordedExit, RecordingEvent, RecordingFacts } from "../recording/recording.js";
import { resizeEvent } from "../recording/resize-event.js";
import { startAtDate } from "../recording/start-time.js";
import { sizeOf } from "../recording/terminal-size.js";
import type { JsonPart } from "../source/json-members.js";
import { isMap, mapIn, numberIn, textIn, textsIn } from "../source/parse-json.js";
import { readObjectWithList } from "../source/read-object.js";
import { type Source, sourceInvalid } from "../source/source.js";

/**
 * Reads a cassette of ptywright, version 1: one JSON object.
 * @throws CassetteError CASSETTE_SOURCE_INVALID, CASSETTE_LIMIT_EXCEEDED; later from the events, too.
 */
export async function readPtywright(source: Source): Promise<ReadRecording> {
  const losses = createLossTally();
  const { head, items } = await readObjectWithList(source, "events", ["version", "terminal"], (bytes) =>
    losses.add("truncated-end", bytes),
  );
  const place = { line: 1 };
  const { version, terminal, command, createdAt, metadata } = head;
  if (version !== 1 || !isMap(terminal))
    throw sourceInvalid(source, "This is not a cassette of ptywright, version 1.", place);
  return {
    format: "ptywright",
    facts: {
      ...commandIn(command),
      size: sizeOf(source, terminal.cols, terminal.rows, place),
      startedAtMs: startAtDate(textIn(createdAt)),
      term: textIn(terminal.term) ?? textsIn(mapIn(command)?.env).TERM,
      tool: "ptywright",
      ...headerOf(metadata, mapIn(command)?.cwd),
    },
    losses,
    async *events() {
      const reading: Reading = { source, losses, times: createEventTimes(source, losses), hasEnded: false };
      for await (const parts of items()) yield parts.flatMap((part) => eventOf(part, reading) ?? []);
    },
  };
}

/** What a cassette has no field for. */
function headerOf(metadata: FreeMap[string] | undefined, cwd: FreeMap[string] | undefined) {
  const header = { ...(isMap(metadata) && { metadata }), ...(typeof cwd === "string" && { cwd }) };
  return Object.keys(header).length > 0 ? { header } : {};
}

interface Reading {
  source: Source;
  losses: LossTally;
  times: EventTimes;
  hasEnded: boolean;
}

function commandIn(command: FreeMap[string] | undefined): Pick<RecordingFacts, "argv" | "env"> {
  if (!isMap(command) || typeof command.file !== "string") return {};
  const args = Array.isArray(command.args) ? command.args.filter((text) => typeof text === "string") : [];
  const { TERM: _, ...env } = textsIn(command.env);
  return { argv: [command.file, ...args], ...(Object.keys(env).length > 0 && { env }) };
}

function eventOf({ value, line }: JsonPart, reading: Reading): RecordingEvent | null {
  const { source, losses, times } = reading;
  const refuse = (message: string) => sourceInvalid(source, message, { line });
  if (!isMap(value) || typeof value.type !== "string") throw refuse("An event is a map with a type.");
  if (reading.hasEnded) throw refuse("Something follows the end of the program.");
  const atUs = times.at((numberIn(value.atMs) ?? Number.NaN) * 1_000, { line });
  switch (value.type) {
    case "output":
    case "input":
      return { kind: value.type, atUs, bytes: bytesOf(value, refuse) };
    case "resize":
      return resizeEvent(atUs, sizeOf(source, value.cols, value.rows, { line }), losses);
    case "exit":
      reading.hasEnded = true;
      return { kind: "end", atUs, exit: exitOf(value, refuse) };
    default:
      return { kind: "foreign", atUs, source: "ptywright", code: value.type, data: value };
  }
}

function bytesOf({ dataBase64: data }: FreeMap, refuse: (message: string) => Error): Uint8Array {
  if (typeof data === "string" && isBase64(data)) return Buffer.from(data, "base64");
  throw refuse("The data of this event is not base64.");
}

/** Checked without backtracking: the text may have millions of characters. */
function isBase64(text: string): boolean {
  return text.length % 4 === 0 && !/[^A-Za-z0-9+/]/.test(text.replace(/={1,2}$/, ""));
}

function exitOf({ exitCode, signal }: FreeMap, refuse: (message: string) => Error): RecordedExit {
  if (typeof signal === "string" && /^SIG[A-Z0-9]{1,16}$/.test(signal)) return { signal };
  if (typeof exitCode === "number" && Number.isInteger(exitCode)) return { code: exitCode };
  throw refuse("An exit has a code or a signal.");
}
