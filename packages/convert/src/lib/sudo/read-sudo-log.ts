import type { FreeMap } from "@cassette/format";
import { takeEventBytes } from "../recording/event-bytes.js";
import { createEventTimes } from "../recording/event-times.js";
import { nonEmpty } from "../recording/known-fields.js";
import { createLossTally, type LossTally } from "../recording/losses.js";
import type { ReadRecording, RecordingEvent, RecordingFacts } from "../recording/recording.js";
import { resizeEvent } from "../recording/resize-event.js";
import { startAtSecond } from "../recording/start-time.js";
import { sizeOf } from "../recording/terminal-size.js";
import { type ByteReader, createByteReader } from "../source/byte-reader.js";
import { readLines } from "../source/lines.js";
import { isMap, mapIn, numberIn, parseJson, textIn } from "../source/parse-json.js";
import { limitExceeded, type Source, sourceInvalid } from "../source/source.js";

/** The files of a log directory of sudo, decompressed. */
export interface SudoLogFiles {
  /** `log.json`. */
  log: Source;
  timing: Source;
  ttyin: Source;
  ttyout: Source;
}

/** Types of a line of timing, as sudo numbers them. */
const TYPE = { size: 5, suspend: 7 } as const;

/** What the types of a line that takes bytes take, and from which file. */
const STREAMS: Readonly<Record<number, { file: "ttyin" | "ttyout"; kind: "input" | "output" } | undefined>> =
  {
    3: { file: "ttyin", kind: "input" },
    4: { file: "ttyout", kind: "output" },
    // Of older versions of sudo.
    6: { file: "ttyout", kind: "output" },
  };

/** A line of timing. */
interface TimingLine {
  type: number;
  delayUs: number;
  rest: string;
  line: number;
}

/**
 * Reads a log directory of sudo.
 * @throws CassetteError CASSETTE_SOURCE_INVALID, CASSETTE_LIMIT_EXCEEDED; later from the events, too.
 */
export async function readSudoLog(files: SudoLogFiles): Promise<ReadRecording> {
  const losses = createLossTally();
  const log = parseJson(files.log, await readWhole(files.log), { line: 1 });
  if (!isMap(log)) throw sourceInvalid(files.log, "This is not a log of sudo.", { line: 1 });
  const readers = { ttyin: createByteReader(files.ttyin), ttyout: createByteReader(files.ttyout) };
  const exit = exitIn(log);
  return {
    format: "sudo",
    facts: factsIn(files.log, log),
    losses,
    async *events() {
      const times = createEventTimes(files.timing, losses);
      const reading: Reading = { files, losses, readers };
      let atUs = 0;
      let count = 0;
      for await (const lines of readTimingLines(files.timing, losses)) {
        const events: RecordingEvent[] = [];
        for (const line of lines) {
          atUs = times.after(line.delayUs, { line: line.line });
          const event = await eventOf(line, atUs, reading);
          if (event) events.push(event);
        }
        count += events.length;
        if (count > files.timing.limits.events)
          throw limitExceeded(files.timing, "There are more events", files.timing.limits.events, {
            line: lines[0]?.line,
          });
        yield events;
      }
      if (Object.values(files).some(({ isTruncated }) => isTruncated)) losses.add("truncated-end");
      if (exit) yield [{ kind: "end", atUs, exit }];
    },
  };
}

interface Reading {
  files: SudoLogFiles;
  losses: LossTally;
  readers: { ttyin: ByteReader; ttyout: ByteReader };
}

async function* readTimingLines(timing: Source, losses: LossTally): AsyncGenerator<TimingLine[]> {
  for await (const { lines, first, isCut } of readLines(timing)) {
    const parsed: TimingLine[] = [];
    for (const [index, text] of lines.entries()) {
      if (text.trim() === "") continue;
      const line = first + index;
      const [, type, delay, rest = ""] =
        /^(\d{1,2}) (\d{1,10}(?:\.\d{1,12})?) (\S.*)$/.exec(text.trimEnd()) ?? [];
      // A number without its line end may have lost digits.
      if (isCut) losses.add("truncated-end", text.length);
      else if (delay === undefined)
        throw sourceInvalid(timing, "A line of timing is a type, a delay and data.", { line });
      else parsed.push({ type: Number(type), delayUs: Number(delay) * 1_000_000, rest, line });
    }
    yield parsed;
  }
}

async function eventOf(
  { type, rest, line }: TimingLine,
  atUs: number,
  { files, losses, readers }: Reading,
): Promise<RecordingEvent | null> {
  if (type === TYPE.size) {
    const [rows, cols] = rest.split(" ").map(Number);
    return resizeEvent(atUs, sizeOf(files.timing, cols, rows, { line }), losses);
  }
  if (type === TYPE.suspend) return { kind: "foreign", atUs, source: "sudo", code: "suspend", data: rest };
  const stream = STREAMS[type];
  if (!stream) {
    losses.add("pipe-streams");
    return null;
  }
  const wanted = /^\d{1,9}$/.test(rest) ? Number(rest) : Number.NaN;
  if (!(wanted <= files.ttyout.limits.lineBytes))
    throw sourceInvalid(files.timing, "The count of bytes is no number, or too large.", { line });
  const bytes = await takeEventBytes(readers[stream.file], wanted, losses);
  return bytes && { kind: stream.kind, atUs, bytes };
}

function factsIn(source: Source, log: FreeMap): RecordingFacts {
  const { timestamp, columns, lines, command, runargv, exit_value: _, signal: __, ...header } = log;

  const argv = Array.isArray(runargv) ? runargv.filter((text) => typeof text === "string") : [];
  const file = textIn(command);
  return {
    size: sizeOf(source, columns, lines, { line: 1 }),
    startedAtMs: startAtSecond(numberIn(mapIn(timestamp)?.seconds), 2 ** 33),
    ...(argv.length > 0 ? { argv } : file !== undefined && { command: file }),
    tool: "sudo",
    header: nonEmpty(header),
  };
}

function exitIn({ exit_value: code, signal }: FreeMap): { code: number } | { signal: string } | undefined {
  const [, name] = /^(?:SIG)?([A-Z0-9]{1,16})$/.exec(String(signal ?? "")) ?? [];
  if (name !== undefined) return { signal: `SIG${name}` };
  return typeof code === "number" && Number.isInteger(code) ? { code } : undefined;
}

async function readWhole(source: Source): Promise<string> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of source.pieces()) {
    bytes += piece.length;
    if (bytes > source.limits.headerBytes)
      throw limitExceeded(source, "The header has more bytes", source.limits.headerBytes, { line: 1 });
    parts.push(piece);
  }
  return Buffer.concat(parts).toString("utf8");
}
