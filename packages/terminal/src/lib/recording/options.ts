import type { OutputFollower, ScanElsewhere, SealOptions } from "@cassette/core";
import type { Clock, FreeMap, PtyDriver, PtyExit, ScrubReport, TerminalSize } from "@cassette/format";
import type { FramePolicy } from "@cassette/frames";
import type { WidthPolicy } from "../parts/parts.js";
import type { ObservedName } from "../scrubbing/observed-names.js";
import type { ScrubSettings } from "../scrubbing/scrub-settings.js";
import type { Terminal } from "../terminal/terminal.js";
import type { Attachment, LiveRecording } from "./attachment.js";
import type { StatedFacts } from "./stated-facts.js";

/** What happens when all input was sent and the program is still running. */
export type AtEnd = "wait" | "hangup" | "kill" | "fail";

/** Types in the user's place: a script, a function, or the inputs of another recording. */
export interface InputSource {
  /** Types all of the input. @throws CassetteError when a wait fails. */
  run(terminal: Terminal, signal: AbortSignal): Promise<void>;
  /** Its path, for errors. */
  file?: string;
  /** Milliseconds that the program may run afterwards. Default: 10 s. */
  graceMs?: number;
  /**
   * What happens when it has typed everything and the program is still running: wait for its end, hang its terminal up, kill it, or, by default,
   * fail after `graceMs`.
   */
  atEnd?: AtEnd;
  /** The terminal's size, if the recording names none. */
  size?: TerminalSize;
  /** Variables for the program, beside those that it inherits. */
  env?: Readonly<Record<string, string>>;
}

/** What to record, and where to. */
export interface RecordOptions {
  /** Path of the cassette to make. */
  target: string;
  argv: readonly [string, ...string[]];
  /** Types in the user's place. Default: no input. */
  input?: InputSource | InputSource["run"];
  /** Default: 24 rows × 80 columns. */
  size?: TerminalSize;
  /** How many columns joined emoji take. Default: "unicode11", each its own. */
  widths?: WidthPolicy;
  /** Default: the caller's. */
  cwd?: string;
  /** The program's whole environment. Default: the caller's, with TERM=xterm-256color. */
  env?: Readonly<Record<string, string | undefined>>;
  /** Milliseconds after which the program is ended; the recording is kept. Default: never. */
  timeoutMs?: number;
  /** Replaces a cassette at the target. Default: false, which refuses. */
  overwrite?: boolean;
  /** Facts that the caller states, in addition to the observed ones. */
  facts?: StatedFacts;
  /** Names of variables to record, never their values. */
  envNames?: readonly string[];
  /** The unit of time, in milliseconds. Default: 1. */
  resolutionMs?: number;
  /** Which frames are kept. Default: settled screens. */
  frames?: FramePolicy;
  /** Further fields of `optional.cassette` in the manifest. */
  extras?: FreeMap;
  /** What to mask besides the default rules; false seals without scrubbing. */
  scrub?: RecordScrub | false;
  /** Runs the program. Default: the real terminal of `@cassette/pty`. */
  driver?: PtyDriver;
  clock?: Clock;
  /** Name and version of the recorder, for the manifest. Default: this package. */
  recorder?: string;
}

/** What to mask besides the default rules, and the names and secret values of the environment. */
export interface RecordScrub {
  /** Path of a rules file. */
  rules?: string;
  /** Variables whose values are secret, whatever their names. */
  secretEnv?: readonly string[];
  /** Names of accounts, two characters or more. */
  accountIdentifiers?: readonly string[];
  /** Scans the output on another thread, given the settings. Default: on this one. */
  scanElsewhere?: (settings: ScrubSettings) => ScanElsewhere;
  /** Scans the output on another thread while it is recorded, given the settings and its path. Default: only afterwards. */
  followOutput?: (settings: ScrubSettings, path: string) => OutputFollower;
}

/** The parts attached to a recording, and its callbacks. */
export interface RecordHooks {
  /** Aborting ends the program; the recording up to then is kept and sealed. */
  signal?: AbortSignal;
  /** Attaches the user's terminal, data or a service to the program. */
  attach?: (live: LiveRecording) => Attachment;
  /** May refuse the complete cassette before it gets its name. */
  approve?: (dir: string) => Promise<void>;
  /** Whether a recording that failed with this error may be discarded. Default: never, if it holds anything. */
  isDispensable?: (error: unknown) => Promise<boolean>;
  /** Called when the program has started, before any output is passed on. */
  onStarted?: () => void;
  /** Called with the rows of the screen, scrubbed, on which the input failed. */
  onFailedInput?: (rows: readonly string[]) => void;
  /** Called with the path of the kept spool if no cassette was made. */
  onKept?: (spool: string) => void;
  /** Called while the recording is sealed. */
  onProgress?: SealOptions["onProgress"];
}

/** The outcome of a recording. */
export interface RecordingOutcome {
  exit: PtyExit;
  interrupted: boolean;
  /** Of output. */
  bytes: number;
  durationMs: number;
  /** What was scrubbed. */
  report: ScrubReport;
  /** Names of the user and the machine that are too short or too common to be masked. */
  unmasked: readonly ObservedName[];
  /** Input was withheld because the terminal's modes could not be read. */
  isUnreadable: boolean;
  /** How often the user's terminal reported its cursor in another column than the frames show; 0 without such a terminal. */
  cursorDifferences: number;
}
