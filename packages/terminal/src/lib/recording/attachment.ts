import type { JsonText, PtySession, Screen, TerminalSize } from "@cassette/format";

/** A recording in progress, as its attachments see it. */
export interface LiveRecording {
  session: PtySession;
  /** Records a mark. */
  mark(label: string): Promise<void>;
  /** Records what the program around the recording says just now. */
  serviceEvent(payload: JsonText): Promise<void>;
  /** Ends the program; what was recorded until then is kept. */
  interrupt(): void;
  /** Draws the screen that the first bytes of the output, as many as named, leave on an empty terminal of a size. */
  draw(bytes: number, size: TerminalSize): Promise<Screen>;
}

/** What takes part in a recording besides the program: the user's terminal, data for the program, events of a service. */
export interface Attachment {
  /** A real terminal answers what the program asks; without one, an emulator does. Default: false. */
  answers?: boolean;
  /** Takes output that has been recorded; resolves when it can take more. */
  show?(bytes: Uint8Array): Promise<void>;
  /** The program's terminal has another size. */
  resized?(size: TerminalSize): void;
  /** Work that runs beside the program. Aborted when the program has ended, and awaited before the recording is sealed. */
  run?(signal: AbortSignal): Promise<unknown>;
  /** Nothing comes any more. Called once, whatever happened. */
  close?(): Promise<void>;
}
