import type { FreeMap, Manifest, TerminalSize } from "@cassette/format";
import { wireExit } from "@cassette/format/session";
import { DEFAULT_SIZE } from "@cassette/format/units";
import { knownFields } from "../recording/known-fields.js";
import { createLossTally, type LossTally } from "../recording/losses.js";
import { reportRoundedStart } from "../recording/lost-facts.js";
import type { RecordedExit, RecordingEvent, TerminalRecording } from "../recording/recording.js";
import { FOREIGN_EVENT } from "./read-cassette.js";

/** Takes records; a recorder of core will do. */
export interface RecordSink {
  recordOutput(bytes: Uint8Array): unknown;
  recordInput(input: {
    kind?: string;
    bytes?: Uint8Array;
    size?: { Rows: number; Cols: number };
    signal?: string;
  }): unknown;
  recordServiceEvent(payload: unknown): unknown;
  recordFinal(final: { exit?: ReturnType<typeof wireExit> }): unknown;
  drain(): Promise<void>;
}

/** A clock that the recorder reads; it shows the time of the event that is recorded. */
export interface ImportClock {
  now(): number;
  monotonic(): number;
}

/** A recording on its way into a cassette. */
export interface RecordingImport {
  /** The known facts, for the recorder. */
  readonly manifest: ImportedManifest;
  readonly clock: ImportClock;
  readonly losses: LossTally;
  /** Records all events, and the end. */
  recordInto(sink: RecordSink): Promise<void>;
}

/** What the recorder's manifest takes. */
export interface ImportedManifest {
  harness: Manifest["harness"];
  command: Manifest["command"];
  terminal: Pick<Manifest["terminal"], "initial_rows" | "initial_cols" | "term" | "locale">;
  timing: Manifest["timing"];
  provenance: Pick<Manifest["provenance"], "os" | "arch" | "recorded_at">;
  optional: FreeMap;
}

/** How to import. */
export interface ImportOptions {
  /** Where the source says none. Default: 24 rows × 80 columns, which is reported. */
  size?: TerminalSize;
  /** Milliseconds since the epoch; taken where the source says no date. */
  now: number;
}

/** Milliseconds; the finest that a cassette has. */
const RESOLUTION_MS = 1;
/** What is not known of the machine. */
const UNKNOWN = "unknown";

/** Prepares a recording of another format for a recorder. What the source does not say is left out, or named unknown. */
export function importRecording(recording: TerminalRecording, options: ImportOptions): RecordingImport {
  const losses = createLossTally(recording.losses);
  let elapsedMs = 0;
  const size = recording.facts.size ?? options.size ?? DEFAULT_SIZE;
  if (!recording.facts.size && !options.size) losses.add("unknown-size");
  if (recording.facts.startedAtMs === undefined) losses.add("unknown-start");
  reportRoundedStart(recording.facts, losses);
  const startedAtMs = recording.facts.startedAtMs ?? options.now;
  return {
    manifest: manifestOf(recording, size, startedAtMs),
    clock: { now: () => startedAtMs + elapsedMs, monotonic: () => elapsedMs },
    losses,
    async recordInto(sink) {
      let end: RecordedExit | undefined;
      for await (const batch of recording.events()) {
        for (const event of batch) {
          elapsedMs = Math.floor(event.atUs / 1_000);
          if (event.atUs % 1_000 !== 0) losses.add("rounded-times");
          if (event.kind === "end") end = event.exit;
          else record(event, sink);
        }
        await sink.drain();
      }
      sink.recordFinal(end ? { exit: exitOf(end) } : {});
    },
  };
}

function record(event: Exclude<RecordingEvent, { kind: "end" }>, sink: RecordSink): void {
  switch (event.kind) {
    case "output":
      return void sink.recordOutput(event.bytes);
    case "input":
      return void sink.recordInput({ bytes: event.bytes });
    case "resize":
      return void sink.recordInput({
        kind: "resize",
        size: { Rows: event.size.rows, Cols: event.size.cols },
      });
    case "signal":
      return void sink.recordInput({ kind: "signal", signal: event.signal });
    case "mark":
      return void sink.recordServiceEvent({ type: "cassette.mark", label: event.label });
    case "foreign": {
      const { source, code, data } = event;
      return void sink.recordServiceEvent({ type: FOREIGN_EVENT, source, code, data });
    }
  }
}

function exitOf(exit: RecordedExit): ReturnType<typeof wireExit> {
  return wireExit("code" in exit ? { code: exit.code, signal: null } : { code: null, signal: exit.signal });
}

function manifestOf(
  { format, facts }: TerminalRecording,
  size: TerminalSize,
  startedAtMs: number,
): ImportedManifest {
  const { title, command, argv, term, locale, idleLimitS, env, theme, tool, header } = facts;
  const source: FreeMap = {
    format,
    ...knownFields({ tool, started: facts.startedAtMs === undefined ? false : undefined }),
    ...knownFields({ command, env: env && { ...env }, theme, header }),
  };
  const cassette: FreeMap = { source, ...knownFields({ title, idle_time_limit_s: idleLimitS }) };
  return {
    harness: { name: argv?.[0]?.split("/").at(-1) ?? command ?? "" },
    command: { workdir_policy: "unspecified", ...(argv && { argv: [...argv] }) },
    terminal: { initial_rows: size.rows, initial_cols: size.cols, term, locale },
    timing: { resolution_ms: RESOLUTION_MS, clock_policy: "source", replay_default: "realtime" },
    provenance: {
      os: UNKNOWN,
      arch: UNKNOWN,
      recorded_at: `${new Date(startedAtMs).toISOString().slice(0, 19)}Z`,
    },
    optional: { cassette },
  };
}
