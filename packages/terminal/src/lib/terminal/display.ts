import type { PtyEvent, PtySession, Screen, SnapshotOptions, TerminalSize } from "@cassette/format";
import { createTrailingEmulator } from "@cassette/frames";
import { createEmulator } from "../parts/parts.js";
import { noteEvent, noteFailure, type Progress } from "./progress.js";

/** Shows what a session prints. */
export interface Display {
  /** Takes the next event; resolves when {@link screen} shows it. */
  show(event: PtyEvent): Promise<void>;
  /** Replies to the program's queries since the last call, in order. */
  takeReplies(): Uint8Array[];
  screen(options?: SnapshotOptions): Promise<Screen>;
  close(): void;
}

/** A display that draws only when a caller reads it or the program sends a query. */
export function createDisplay(size: TerminalSize): Display {
  const emulator = createTrailingEmulator({ createEmulator: () => createEmulator(size) });
  return {
    async show(event) {
      if (event.kind === "output") await emulator.feed(event.bytes);
      if (event.kind === "resize") emulator.resize(event.size);
    },
    takeReplies: emulator.takeReplies,
    screen: emulator.snapshot,
    close: emulator.close,
  };
}

/** Receives events. */
export interface Followers {
  session: PtySession;
  display: Display;
  progress: Progress;
}

/**
 * Shows an event, answers what the program asked, and wakes those who wait. What cannot be drawn ends waits, not the session.
 */
export async function follow(event: PtyEvent, { session, display, progress }: Followers): Promise<void> {
  try {
    if (!progress.failure) await display.show(event);
  } catch (error) {
    noteFailure(progress, error);
  }
  // Not awaited: a program that does not read must not stop its own output from being seen.
  // Sent together: the terminal's modes are read before each, and thousands of queries may come at once.
  const replies = display.takeReplies();
  if (replies.length > 0) session.send(Buffer.concat(replies), "answer").catch(() => {});
  noteEvent(progress, event);
}
