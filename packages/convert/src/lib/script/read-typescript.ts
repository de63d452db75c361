import { takeEventBytes } from "../recording/event-bytes.js";
import { createEventTimes, type EventTimes } from "../recording/event-times.js";
import { createLossTally, type LossTally } from "../recording/losses.js";
import type { ReadRecording, RecordingEvent, RecordingFacts } from "../recording/recording.js";
import { resizeEvent } from "../recording/resize-event.js";
import { sizeOf } from "../recording/terminal-size.js";
import { type ByteReader, createByteReader } from "../source/byte-reader.js";
import { limitExceeded, type Source } from "../source/source.js";
import { exitInFooter, factsInHeader, isHeaderLine, numberOf } from "./header-line.js";
import { readTiming, type TimingStep } from "./timing.js";

/** The data of script(1), and its timing. */
export interface ScriptSources {
  data: Source;
  timing: Source;
}

/** What reading keeps between steps. */
interface Reading {
  sources: ScriptSources;
  losses: LossTally;
  reader: ByteReader;
  times: EventTimes;
  /** Whether the data holds what was typed, too. */
  hasInput: boolean;
  events: number;
  exit: number | undefined;
}

/**
 * Reads a typescript of script(1) with its timing.
 * @throws CassetteError CASSETTE_SOURCE_INVALID, CASSETTE_LIMIT_EXCEEDED; later from the events, too.
 */
export async function readTypescript(sources: ScriptSources): Promise<ReadRecording> {
  const { data, timing } = sources;
  const losses = createLossTally();
  const reader = createByteReader(data);
  const header = isHeaderLine(Buffer.from(await reader.peek(32)).toString())
    ? await reader.takeLine(data.limits.headerBytes)
    : "";
  const steps = readTiming(timing, losses);
  const first = (await steps.next()).value ?? [];
  const named = new Map(first.filter(({ kind }) => kind === "H").map(({ name, value }) => [name, value]));
  const { rows, cols, ...said } = factsInHeader(header);
  const size = sizeOf(data, numberOf(named.get("COLUMNS")) ?? cols, numberOf(named.get("LINES")) ?? rows, {
    line: 1,
  });
  const reading: Reading = {
    ...{ sources, losses, reader, events: 0, exit: undefined },
    times: createEventTimes(timing, losses),
    hasInput: hasInput(named),
  };
  return { format: "typescript", facts: { ...factsIn(named), ...said, size }, losses, events };

  async function* events(): AsyncGenerator<readonly RecordingEvent[], void> {
    yield await eventsOf(first, reading);
    for await (const further of steps) yield await eventsOf(further, reading);
    yield await endOf(reading);
  }
}

/** Without facts, lines of input are only in a file that holds both. */
function hasInput(named: ReadonlyMap<string, string>): boolean {
  const input = named.get("INPUT_LOG");
  return input === undefined || input === named.get("OUTPUT_LOG");
}

function factsIn(named: ReadonlyMap<string, string>): RecordingFacts {
  const [command, term, shell] = ["COMMAND", "TERM", "SHELL"].map((name) => named.get(name));
  const startedAtMs = Date.parse(named.get("START_TIME") ?? "");
  return {
    ...(command && { command }),
    ...(term && { term }),
    ...(shell && { env: { SHELL: shell } }),
    ...(named.has("TTY") && { header: { TTY: named.get("TTY") ?? "" } }),
    ...(startedAtMs > 0 && { startedAtMs }),
  };
}

async function eventsOf(steps: readonly TimingStep[], reading: Reading): Promise<RecordingEvent[]> {
  const { timing } = reading.sources;
  const events: RecordingEvent[] = [];
  for (const step of steps) {
    const event = await eventOf(step, reading);
    if (event) events.push(event);
  }
  reading.events += events.length;
  if (reading.events > timing.limits.events)
    throw limitExceeded(timing, "There are more events", timing.limits.events, { line: steps[0]?.line });
  return events;
}

async function eventOf(step: TimingStep, reading: Reading): Promise<RecordingEvent | null> {
  const { losses, times, sources } = reading;
  const place = { line: step.line };
  if (step.kind === "H") {
    if (step.name === "EXIT_CODE") reading.exit = numberOf(step.value);
    return null;
  }
  const atUs = times.after(step.delayUs, place);
  if (step.kind === "S") return signalOf(step, atUs, reading);
  if (step.kind === "I" && !reading.hasInput) {
    losses.add("input-of-another-file");
    return null;
  }
  if (step.bytes > sources.data.limits.lineBytes)
    throw limitExceeded(sources.timing, "The event has more bytes", sources.data.limits.lineBytes, place);
  const bytes = await takeEventBytes(reading.reader, step.bytes, losses);
  return bytes && { kind: step.kind === "O" ? "output" : "input", atUs, bytes };
}

function signalOf({ name, value, line }: TimingStep, atUs: number, reading: Reading): RecordingEvent | null {
  const { losses, sources } = reading;
  if (name !== "SIGWINCH") return { kind: "signal", atUs, signal: name };
  const [rows, cols] = ["ROWS", "COLS"].map((side) =>
    numberOf(new RegExp(`\\b${side}=(\\d+)`).exec(value)?.[1]),
  );
  return resizeEvent(atUs, sizeOf(sources.timing, cols, rows, { line }), losses);
}

/** The last line of the data is script's own. */
async function endOf({ reader, losses, times, exit, sources }: Reading): Promise<RecordingEvent[]> {
  const rest = await reader.take(LONGEST_FOOTER);
  const footer = exitInFooter(Buffer.from(rest).toString("utf8"));
  if (rest.length > 0 && footer === null) losses.add("untimed-output", rest.length);
  if (sources.data.isTruncated || sources.timing.isTruncated) losses.add("truncated-end");
  const code = exit ?? footer?.code;
  return [{ kind: "end", atUs: times.after(0, {}), ...(code !== undefined && { exit: { code } }) }];
}

const LONGEST_FOOTER = 4_096;
