import type {
  FinalRecord,
  FrameRecord,
  InputOrigin,
  InputRecord,
  KnownModes,
  PtyEvent,
  PtyExit,
  TerminalSize,
} from "@cassette/format";

/** An input to record. Default of `kind`: "input". */
export type InputDraft = Partial<Omit<InputRecord, "seq" | "t_ms">>;

/** A screen to record. Omitted numbers are zero, and the cursor is hidden at the top left. */
export type FrameDraft = Pick<FrameRecord, "size" | "text"> &
  Partial<Omit<FrameRecord, "seq" | "t_ms" | "size" | "text">>;

/**
 * The end to record. `duration_ms` 0 or omitted means the elapsed time; `exit` omitted means the exit from the session's events.
 */
export type FinalDraft = Partial<Omit<FinalRecord, "seq" | "t_ms">>;

/** Any event of a PTY session, or one made by the caller. */
export interface SessionEvent {
  kind: PtyEvent["kind"];
  bytes?: Uint8Array;
  key?: string;
  size?: TerminalSize;
  signal?: string;
  origin?: InputOrigin;
  modes?: KnownModes;
  exit?: PtyExit;
  reason?: string;
}
