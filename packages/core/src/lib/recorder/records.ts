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

/** What to record of input. Default of `kind`: "input". */
export type InputDraft = Partial<Omit<InputRecord, "seq" | "t_ms">>;

/** What to record of a screen. What is left out is zero, and the cursor hidden at the top left. */
export type FrameDraft = Pick<FrameRecord, "size" | "text"> &
  Partial<Omit<FrameRecord, "seq" | "t_ms" | "size" | "text">>;

/** What to record of the end. `duration_ms` 0 or left out means the time elapsed; `exit` left out means what the session's events said. */
export type FinalDraft = Partial<Omit<FinalRecord, "seq" | "t_ms">>;

/** What happened to a session: any event of a PTY session, or one given by hand. */
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
