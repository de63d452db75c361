import { isUtf8 } from "node:buffer";
import { constants } from "node:os";
import { commandLine } from "../recording/command-line.js";
import { createLossTally, LOST_EVENTS, type LossTally } from "../recording/losses.js";
import { reportJoinedArguments, reportLostFacts } from "../recording/lost-facts.js";
import type { RecordedExit, RecordingEvent, TerminalRecording } from "../recording/recording.js";
import type { Written } from "../recording/written.js";
import { isMap } from "../source/parse-json.js";
import { headerOf } from "./header.js";
import { createTextCutter, type TextCutter } from "./text-cutter.js";

/** How to write an asciicast. */
export interface AsciicastOptions {
  version: 2 | 3;
  /** Write what was typed, too. Default: false. */
  input?: boolean;
}

/** What writing keeps between events. */
interface Writing {
  options: AsciicastOptions;
  losses: LossTally;
  output: TextCutter;
  input: TextCutter;
  /** The time that was written last, in microseconds; version 3 carries the error of rounding on. */
  writtenUs: number;
  /** The time of the last event. */
  lastUs: number;
}

const HEADER_FACTS = [
  ...(["size", "startedAtMs", "title", "command", "argv", "term"] as const),
  ...(["idleLimitS", "env", "theme", "header"] as const),
];

/** Writes an asciicast: text, line by line. */
export function writeAsciicast(recording: TerminalRecording, options: AsciicastOptions): Written<string> {
  const losses = createLossTally(recording.losses);
  async function* pieces() {
    const { facts } = recording;
    reportLostFacts(facts, losses, HEADER_FACTS);
    reportJoinedArguments(facts, losses);
    if (!facts.size) losses.add("unknown-size");
    const ofTerminal = facts.header?.term;
    if (options.version === 2 && isMap(ofTerminal)) losses.add("facts", Object.keys(ofTerminal).length);
    yield `${JSON.stringify(headerOf({ ...facts, command: commandLine(facts) }, options.version))}\n`;
    const writing: Writing = {
      ...{ options, losses, writtenUs: 0, lastUs: 0 },
      output: createTextCutter(losses),
      input: createTextCutter(losses),
    };
    for await (const batch of recording.events()) {
      let text = "";
      for (const event of batch) text += lineOf(event, writing);
      if (text !== "") yield text;
    }
    yield endOf(writing);
  }
  return { losses, pieces };
}

function lineOf(event: RecordingEvent, writing: Writing): string {
  const { options, losses } = writing;
  if (event.kind === "end") return lastLines(event, writing);
  writing.lastUs = event.atUs;
  switch (event.kind) {
    case "output":
      return textLine("o", event, writing);
    case "input":
      if (options.input) return textLine("i", event, writing);
      break;
    case "resize":
      return line(event.atUs, "r", `${event.size.cols}x${event.size.rows}`, writing);
    case "mark":
      return line(event.atUs, "m", event.label, writing);
    case "foreign":
      if (event.source === "asciicast") return line(event.atUs, event.code, event.data, writing);
  }
  losses.add(LOST_EVENTS[event.kind]);
  return "";
}

function textLine(
  code: "o" | "i",
  { atUs, bytes }: RecordingEvent & { kind: "output" | "input" },
  writing: Writing,
): string {
  const text = textOf(bytes, code === "o" ? writing.output : writing.input);
  return text === null ? "" : line(atUs, code, text, writing);
}

/** Text of bytes, without an incomplete character at the end; null where nothing of them is complete. */
function textOf(bytes: Uint8Array, cutter: TextCutter): string | null {
  if (!cutter.isWaiting && isUtf8(bytes))
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString();
  const text = cutter.text(bytes);
  return text === "" ? null : text;
}

function lastLines({ atUs, exit }: RecordingEvent & { kind: "end" }, writing: Writing): string {
  const rest = endOf(writing);
  const { options, losses, lastUs } = writing;
  if (options.version === 3 && exit) {
    if ("signal" in exit) losses.add("signal-of-exit");
    return rest + line(atUs, "x", String(statusOf(exit)), writing);
  }
  if (exit) losses.add("exit");
  if (atUs > lastUs) losses.add("end-time");
  return rest;
}

/** What waits for the rest of a character that never comes. */
function endOf(writing: Writing): string {
  const { output, input, lastUs } = writing;
  const [o, i] = [output.end(), input.end()];
  return (o && line(lastUs, "o", o, writing)) + (i && line(lastUs, "i", i, writing));
}

/** A signal's status as a shell has it. */
function statusOf(exit: RecordedExit): number {
  if ("code" in exit) return exit.code;
  const numbers: Record<string, number | undefined> = constants.signals;
  return 128 + (numbers[exit.signal] ?? 0);
}

function line(atUs: number, code: string, data: unknown, writing: Writing): string {
  const json = JSON.stringify(data);
  const name = JSON.stringify(code);
  if (writing.options.version === 2) return `[${seconds(atUs, 6)}, ${name}, ${json}]\n`;
  const ms = Math.round((atUs - writing.writtenUs) / 1_000);
  writing.writtenUs += ms * 1_000;
  if (writing.writtenUs !== atUs) writing.losses.add("rounded-times");
  return `[${seconds(ms, 3)}, ${name}, ${json}]\n`;
}

/** A whole number of thousandths or millionths, as a decimal. */
function seconds(amount: number, digits: 3 | 6): string {
  const unit = digits === 3 ? 1_000 : 1_000_000;
  const whole = Math.floor(amount / unit);
  const rest = amount - whole * unit;
  return `${whole}.${String(rest).padStart(digits, "0")}`;
}
