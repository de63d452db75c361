import type { InputRecord, KillReport, PtyExit } from "@cassette/format";
import { createEventLog, createModeTracker, type EventLog, type ModeTracker } from "@cassette/format/session";
import type { Cassette } from "../reader/cassette.js";
import { createDeferred, type Deferred } from "./deferred.js";
import { createNotifier, type Notifier } from "./notifier.js";
import type { Pace } from "./pace.js";
import { createRecordedActions, type RecordedActions } from "./recorded-actions.js";
import { createSessionInput, type SessionInput } from "./session-input.js";

/** Setup of a replayed session. */
export interface ReplaySessionSetup {
  cassette: Cassette;
  pace: Pace;
  /** Whether resizes and signals are awaited, too. */
  waitsForAll: boolean;
  normalise?: (text: string) => string;
  timeoutMs?: number;
  signal?: AbortSignal;
  /** Called once, when the session is closed. */
  release: () => Promise<void>;
}

/** A replayed session: its parts, and how far the recording is. */
export interface ReplayState {
  readonly setup: ReplaySessionSetup;
  readonly modes: ModeTracker;
  readonly log: EventLog;
  readonly input: SessionInput;
  readonly actions: RecordedActions;
  readonly exit: Deferred<PtyExit>;
  /** Ends the replay. */
  readonly stop: AbortController;
  /** Notifies of an action on the session. */
  readonly changes: Notifier;
  /** Notifies of space in a full log. */
  readonly room: Notifier;
  /** Notifies of the recording waiting for something. */
  readonly standstill: Notifier;
  /** Time of the recording, in milliseconds. */
  now: number;
  /** Bytes of output so far. */
  printed: number;
  /** What the recording waits for. */
  awaited: InputRecord | null;
  isAfterInput: boolean;
  /** Whether the replay is to stop instead of printing more. */
  isLeaving: boolean;
  timedOut: boolean;
  /** Resolves when the recording was followed to its end, or stopped. */
  ended: Promise<void>;
  ending: Promise<KillReport> | undefined;
  closing: Promise<void> | undefined;
  /** Forgets the time limit and the caller's signal. */
  unwatch: () => void;
}

/** The same limit as for a session of a real program. */
const LIMITS = { unreadBytes: 8 * 1024 * 1024, readAheadBytes: 256 * 1024 };

/** Creates the state before the start of the recording. */
export function createReplayState(setup: ReplaySessionSetup): ReplayState {
  const stop = new AbortController();
  const room = createNotifier(stop.signal);
  /** The log reads it before the state exists. */
  const time = { ms: 0 };
  const now = () => time.ms;
  const state: ReplayState = {
    setup,
    modes: createModeTracker(),
    log: createEventLog({ clock: { now, monotonic: now }, limits: LIMITS, onRoom: room.notify }),
    input: createSessionInput((sent) => {
      state.isAfterInput = true;
      state.log.append(sent);
    }, setup.normalise),
    actions: createRecordedActions(),
    exit: createDeferred<PtyExit>(),
    stop,
    changes: createNotifier(stop.signal),
    room,
    standstill: createNotifier(stop.signal),
    get now() {
      return time.ms;
    },
    set now(ms) {
      time.ms = ms;
    },
    printed: 0,
    awaited: null,
    isAfterInput: false,
    isLeaving: false,
    timedOut: false,
    ended: Promise.resolve(),
    ending: undefined,
    closing: undefined,
    unwatch: () => {},
  };
  return state;
}
