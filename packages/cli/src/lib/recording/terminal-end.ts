import type { PtySession, TerminalSize } from "@cassette/format";
import type { TrailingEmulator } from "@cassette/frames";
import type { LiveScreen } from "./live-screen.js";
import type { InputForwarder } from "./standard-input/forward-input.js";

/** Whatever is at the other end of the program's terminal: takes what it prints, and may send it something. */
export interface TerminalEnd {
  /** Takes output that has been recorded; resolves when it can take more. */
  show(bytes: Uint8Array): Promise<void>;
  /** The program's terminal has another size. */
  resized(size: TerminalSize): void;
  /** Nothing comes any more. Called once, whatever happened. */
  close(): Promise<void>;
}

/** What answers the program without a user's terminal. */
export interface HeadlessParts {
  session: PtySession;
  emulator: TrailingEmulator;
  screen: LiveScreen;
  /** Sends what comes from standard input. */
  forwarder?: InputForwarder;
}

/** Without a user's terminal an emulator answers what the program asks of it, and a script may look at its screen. */
export function createHeadlessEnd({ session, emulator, screen, forwarder }: HeadlessParts): TerminalEnd {
  let isDrawn = true;
  return {
    async show(bytes) {
      forwarder?.printed(bytes);
      // What cannot be drawn is recorded all the same; a script that waits for a screen gets the error.
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
 * Lets an emulator follow what an end shows, so that the screen is known at which something is typed. The emulator's answers are
 * not sent: the terminal itself has answered.
 * @param onReply takes each of them.
 */
export function watchedEnd(
  end: TerminalEnd,
  emulator: TrailingEmulator,
  onReply: (reply: Uint8Array) => void,
): TerminalEnd {
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
      emulator.takeReplies().forEach(onReply);
    },
    resized(size) {
      end.resized(size);
      emulator.resize(size);
    },
    close: () => end.close(),
  };
}
