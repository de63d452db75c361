import type { PtySession, TerminalSize } from "@cassette/format";
import type { TrailingEmulator } from "@cassette/frames";
import type { LiveScreen } from "./live-screen.js";
import type { InputForwarder } from "./standard-input/forward-input.js";

/** The other side of the program's terminal: receives the output, and may send input. */
export interface TerminalFrontend {
  /** Receives output that has been recorded; resolves when it can receive more. */
  show(bytes: Uint8Array): Promise<void>;
  /** Called when the program's terminal has a new size. */
  resized(size: TerminalSize): void;
  /** Called once after the last output, also after a failure. */
  close(): Promise<void>;
}

/** What replies to the program in a headless recording. */
export interface HeadlessParts {
  session: PtySession;
  emulator: TrailingEmulator;
  screen: LiveScreen;
  /** Forwards standard input. */
  forwarder?: InputForwarder;
}

/** In a headless recording an emulator replies to the program's queries, and scripts read its screen. */
export function createHeadlessFrontend({
  session,
  emulator,
  screen,
  forwarder,
}: HeadlessParts): TerminalFrontend {
  let isDrawn = true;
  return {
    async show(bytes) {
      forwarder?.printed(bytes);
      // Output that cannot be drawn is still recorded; a script that waits for a screen gets the error.
      isDrawn &&= await emulator.feed(bytes).then(() => true, screen.failed);
      // Not awaited: a program that does not read must not stop the recording of what it prints.
      if (isDrawn) for (const reply of emulator.takeReplies()) session.send(reply, "answer").catch(() => {});
      screen.changed();
    },
    resized: (size) => emulator.resize(size),
    async close() {
      screen.ended();
    },
  };
}

/**
 * Feeds an emulator with what a frontend shows, so that the screen at each input is known. The emulator's replies are
 * dropped: the terminal itself has replied.
 */
export function watchedFrontend(end: TerminalFrontend, emulator: TrailingEmulator): TerminalFrontend {
  let isDrawn = true;
  return {
    async show(bytes) {
      await end.show(bytes);
      if (!isDrawn) return;
      // Without a screen, input is withheld.
      isDrawn = await emulator.feed(bytes).then(
        () => true,
        () => false,
      );
      emulator.takeReplies();
    },
    resized(size) {
      end.resized(size);
      emulator.resize(size);
    },
    close: () => end.close(),
  };
}
