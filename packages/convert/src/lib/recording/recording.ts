import type { FreeMap, JsonValue, TerminalSize } from "@cassette/format";
import type { LossTally } from "./losses.js";

/** The formats of recordings that are read, by the names that the command uses. */
export type SourceFormat =
  | "asciicast-v1"
  | "asciicast-v2"
  | "asciicast-v3"
  | "ttyrec"
  | "typescript"
  | "sudo"
  | "tlog"
  | "ptywright";

/** A terminal recording of any format: what it says of itself, and its events in the order of time. */
export interface TerminalRecording {
  readonly format: SourceFormat | "cassette";
  readonly facts: RecordingFacts;
  /** What reading loses; complete once the events were read. */
  readonly losses: LossTally;
  /** Batches of events, each as large as one read of the source. Can be read once. */
  events(): AsyncGenerator<readonly RecordingEvent[], void>;
}

/** A recording that is read from another tool's format. */
export interface ReadRecording extends TerminalRecording {
  readonly format: SourceFormat;
}

/** What a recording says of itself. What it does not say is absent. */
export interface RecordingFacts {
  size?: TerminalSize;
  /** Milliseconds since the epoch. */
  startedAtMs?: number;
  title?: string;
  /** The command line, where it is one text. */
  command?: string;
  argv?: readonly string[];
  term?: string;
  locale?: string;
  /** Seconds that pauses are cut to when it is played. */
  idleLimitS?: number;
  /** Variables of the environment, without TERM. */
  env?: Readonly<Record<string, string>>;
  /** Colours of the terminal: `fg`, `bg`, `palette`. */
  theme?: JsonValue;
  /** What wrote it, as far as the format says so. */
  tool?: string;
  /** Further fields of the source's header, kept as they are. */
  header?: FreeMap;
}

/** One event. Times are whole microseconds since the beginning, and never fall. */
export type RecordingEvent =
  | { kind: "output"; atUs: number; bytes: Uint8Array }
  | { kind: "input"; atUs: number; bytes: Uint8Array }
  | { kind: "resize"; atUs: number; size: TerminalSize }
  | { kind: "signal"; atUs: number; signal: string }
  | { kind: "mark"; atUs: number; label: string }
  | ForeignEvent
  | { kind: "end"; atUs: number; exit?: RecordedExit };

/** An event that only its own format has. */
export interface ForeignEvent {
  kind: "foreign";
  atUs: number;
  /** "asciicast", "sudo", … */
  source: string;
  code: string;
  data: JsonValue;
}

/** How the program ended: a code, or a signal by its name (`SIGTERM`). */
export type RecordedExit = { code: number } | { signal: string };
