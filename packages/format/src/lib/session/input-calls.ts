import type { InputOrigin, PtySession } from "../pty-port.js";
import { encodeKey } from "./keys.js";
import type { ModeTracker } from "./mode-tracker.js";
import { encodePaste } from "./paste.js";

/** Something to be sent to a program. */
export interface QueuedInput {
  /** The bytes as the terminal's modes at the moment of sending ask for them. */
  encode: () => Uint8Array;
  /** What it counts against the limit while it waits. */
  byteLength: number;
  key?: string;
  origin: InputOrigin;
}

/** Builds a session's four send calls from one way to queue, for every implementation. */
export function createInputCalls(
  queue: (input: QueuedInput) => Promise<void>,
  modes: Pick<ModeTracker, "applicationCursor" | "bracketedPaste">,
): Pick<PtySession, "send" | "sendText" | "sendKey" | "paste"> {
  return {
    send(bytes, origin = "typed") {
      const copy = Uint8Array.from(bytes);
      return queue({ encode: () => copy, byteLength: copy.length, origin });
    },
    sendText(text) {
      const bytes = Buffer.from(text);
      return queue({ encode: () => bytes, byteLength: bytes.length, origin: "typed" });
    },
    async sendKey(name) {
      const { bytes, key } = encodeKey(name);
      const encode = () => encodeKey(name, modes).bytes;
      await queue({ encode, byteLength: bytes.length, key, origin: "typed" });
    },
    paste(text) {
      const encode = () => encodePaste(text, modes.bracketedPaste);
      return queue({ encode, byteLength: Buffer.byteLength(text), origin: "typed" });
    },
  };
}
