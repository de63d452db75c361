import type { WriteStream } from "node:tty";
import type { Screen, TerminalSize } from "@cassette/format";
import { createModeRestorer } from "../output/mode-restorer/mode-restorer.js";
import { paint } from "./paint.js";

/** The user's screen: shows what a program prints, and can be handed to a shell in between. */
export interface AttachedScreen {
  /** Resolves when more can be written, or when the terminal is gone. */
  show(bytes: Uint8Array): Promise<void>;
  /** The output so far may contain a query to the terminal. */
  readonly mayHaveAsked: boolean;
  /** Writes text of our own. */
  write(text: string): void;
  /** Restores what the program has changed. */
  leave(): void;
  /** The text that `leave` writes. */
  left(): string;
  /** Applies the changes again, and paints the alternate screen, if it is active. */
  enter(): Promise<void>;
}

/** Draws the screen that the first bytes of the output make. */
export type DrawScreen = (bytes: number, size: TerminalSize) => Promise<Screen>;

/** @param size of the terminal. */
export function createAttachedScreen(
  output: WriteStream,
  size: () => TerminalSize,
  draw: DrawScreen,
): AttachedScreen {
  const modes = createModeRestorer(size);
  let shownBytes = 0;
  let entering = Promise.resolve();

  function write(text: string): void {
    if (text !== "" && !output.destroyed) output.write(text);
  }

  async function enter(): Promise<void> {
    // If the screen cannot be drawn, the program has to repaint it.
    const painted = modes.isOnOtherScreen ? await draw(shownBytes, size()).then(paint, () => "") : "";
    write(modes.reapply(painted));
  }

  return {
    async show(bytes) {
      await entering;
      modes.watch(bytes);
      shownBytes += bytes.length;
      if (!output.write(bytes)) await drained(output);
    },
    get mayHaveAsked() {
      return modes.mayHaveAsked;
    },
    write,
    leave: () => write(modes.restore()),
    left: () => modes.restore(),
    enter() {
      entering = enter();
      return entering;
    },
  };
}

/** Resolves when more can be written, or when the terminal is gone: the recording continues without it. */
async function drained(output: WriteStream): Promise<void> {
  if (output.destroyed) return;
  await new Promise<void>((resolve) => {
    const onSettled = () => {
      for (const event of SETTLED) output.off(event, onSettled);
      resolve();
    };
    for (const event of SETTLED) output.on(event, onSettled);
  });
}

const SETTLED = ["drain", "error", "close"];
