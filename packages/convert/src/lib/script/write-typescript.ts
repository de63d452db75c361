import { commandLine } from "../recording/command-line.js";
import { createLossTally, LOST_EVENTS, type LossTally } from "../recording/losses.js";
import { reportJoinedArguments, reportLostFacts } from "../recording/lost-facts.js";
import type { RecordingEvent, RecordingFacts, TerminalRecording } from "../recording/recording.js";
import type { Written } from "../recording/written.js";

/** A piece of one of the two files of script(1). */
export interface ScriptPiece {
  file: "data" | "timing";
  content: string | Uint8Array;
}

/** How to write a typescript. */
export interface ScriptOptions {
  /** Write what was typed into the same file, as `script --log-io` does. Default: false. */
  input?: boolean;
}

/** What writing keeps between events. */
interface Writing {
  options: ScriptOptions;
  losses: LossTally;
  lastUs: number;
  end: (RecordingEvent & { kind: "end" }) | null;
}

/** Writes the data and the advanced timing of script(1): bytes exactly, times to the microsecond. */
export function writeTypescript(
  recording: TerminalRecording,
  options: ScriptOptions = {},
): Written<ScriptPiece> {
  const losses = createLossTally(recording.losses);
  async function* pieces(): AsyncGenerator<ScriptPiece, void> {
    const { facts } = recording;
    reportLostFacts(facts, losses, ["size", "startedAtMs", "command", "argv", "term"]);
    reportJoinedArguments(facts, losses);
    yield { file: "data", content: firstLine(facts) };
    yield { file: "timing", content: factLines(facts, options) };
    const writing: Writing = { options, losses, lastUs: 0, end: null };
    for await (const batch of recording.events()) {
      const data: Uint8Array[] = [];
      let timing = "";
      for (const event of batch) {
        timing += lineOf(event, writing);
        if (event.kind === "output" || (event.kind === "input" && options.input)) data.push(event.bytes);
      }
      if (data.length > 0) yield { file: "data", content: Buffer.concat(data) };
      if (timing !== "") yield { file: "timing", content: timing };
    }
    yield* lastPieces(facts, writing);
  }
  return { losses, pieces };
}

function lineOf(event: RecordingEvent, writing: Writing): string {
  const { losses, options } = writing;
  switch (event.kind) {
    case "output":
      return step("O", event.atUs, String(event.bytes.length), writing);
    case "input":
      if (options.input) return step("I", event.atUs, String(event.bytes.length), writing);
      break;
    case "resize":
      return step("S", event.atUs, `SIGWINCH ROWS=${event.size.rows} COLS=${event.size.cols}`, writing);
    case "signal":
      if (/^SIG[A-Z0-9]{1,16}$/.test(event.signal)) return step("S", event.atUs, event.signal, writing);
      break;
    case "end":
      writing.end = event;
      return "";
  }
  losses.add(LOST_EVENTS[event.kind]);
  return "";
}

function step(kind: "O" | "I" | "S", atUs: number, rest: string, writing: Writing): string {
  const delay = decimal(atUs - writing.lastUs);
  writing.lastUs = atUs;
  return `${kind} ${delay} ${rest}\n`;
}

function* lastPieces(
  { startedAtMs }: RecordingFacts,
  { end, losses, lastUs }: Writing,
): Generator<ScriptPiece> {
  const { atUs = lastUs, exit } = end ?? {};
  const code = exit && "code" in exit ? exit.code : undefined;
  if (exit && code === undefined) losses.add("exit");
  if (atUs > lastUs) losses.add("end-time");
  const doneMs = startedAtMs === undefined ? undefined : startedAtMs + atUs / 1_000;
  yield { file: "data", content: lastLine(doneMs, code) };
  const facts = [["DURATION", decimal(atUs)], ...(code === undefined ? [] : [["EXIT_CODE", String(code)]])];
  yield { file: "timing", content: facts.map(([name, value]) => `H 0.000000 ${name} ${value}\n`).join("") };
}

function firstLine({ startedAtMs, size, term }: RecordingFacts): string {
  const fields = [
    ...(term ? [`TERM="${term.replace(/["\]\n]/g, "")}"`] : []),
    ...(size ? [`COLUMNS="${size.cols}" LINES="${size.rows}"`] : []),
  ];
  const said = fields.length > 0 ? ` [${fields.join(" ")}]` : "";
  return `Script started on ${dateOf(startedAtMs)}${said}\n`;
}

function lastLine(doneMs: number | undefined, code: number | undefined): string {
  const status = code === undefined ? "" : ` [COMMAND_EXIT_CODE="${code}"]`;
  return `\nScript done on ${dateOf(doneMs)}${status}\n`;
}

function factLines(facts: RecordingFacts, { input }: ScriptOptions): string {
  const { startedAtMs, size, term } = facts;
  const lines: [string, string | undefined][] = [
    ["START_TIME", startedAtMs === undefined ? undefined : dateOf(startedAtMs)],
    ["TERM", term],
    ["COLUMNS", size && String(size.cols)],
    ["LINES", size && String(size.rows)],
    ["COMMAND", commandLine(facts)],
    ["OUTPUT_LOG", input ? "typescript" : undefined],
    ["INPUT_LOG", input ? "typescript" : undefined],
  ];
  return lines
    .flatMap(([name, value]) =>
      value === undefined ? [] : [`H 0.000000 ${name} ${value.replace(/\s/g, " ")}\n`],
    )
    .join("");
}

/** As script writes it; without a date, the epoch. */
function dateOf(ms = 0): string {
  return `${new Date(ms).toISOString().slice(0, 19).replace("T", " ")}+00:00`;
}

function decimal(us: number): string {
  return `${Math.floor(us / 1_000_000)}.${String(Math.round(us) % 1_000_000).padStart(6, "0")}`;
}
