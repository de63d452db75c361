import type { JsonText, PtySession, Screen, TerminalSize } from "@cassette/format";

/** A recording in progress, as its attachments see it. */
export interface LiveRecording {
  session: PtySession;
  /** Records a mark. */
  mark(label: string): Promise<void>;
  /** Records a service event at the current time. */
  serviceEvent(payload: JsonText): Promise<void>;
  /** Ends the program; the recording up to then is kept. */
  interrupt(): void;
  /** Draws the screen that a number of bytes from the start of the output leaves on an empty terminal of a size. */
  draw(bytes: number, size: TerminalSize): Promise<Screen>;
}

/** What takes part in a recording besides the program: the user's terminal, data for the program, events of a service. */
export interface Attachment {
  /** A real terminal replies to the program's queries; without one, an emulator does. Default: false. */
  answers?: boolean;
  /** Takes output that has been recorded; resolves when it can take more. */
  show?(bytes: Uint8Array): Promise<void>;
  /** The program's terminal was resized. */
  resized?(size: TerminalSize): void;
  /** Work that runs beside the program. Aborted when the program has ended, and awaited before the recording is sealed. */
  run?(signal: AbortSignal): Promise<unknown>;
  /** No more output follows. Called exactly once, on failure too. */
  close?(): Promise<void>;
}
