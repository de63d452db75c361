import type { InputOrigin, PtySession, TerminalModes } from "../pty-port.js";
import { encodeData, encodeEndOfFile } from "./encode-data.js";
import { encodeKey } from "./keys.js";
import type { ModeTracker } from "./mode-tracker.js";
import { encodePaste } from "./paste.js";

/** Input to be sent to a program. */
export interface QueuedInput {
  /**
   * Encodes the input for the terminal's modes at the moment of sending.
   * @param modes the line discipline's flags; null where they cannot be read.
   */
  encode: (modes: TerminalModes | null) => Uint8Array;
  /** Bytes that it counts against the limit while it waits. */
  byteLength: number;
  key?: string;
  origin: InputOrigin;
}

/** Makes all sending methods of a session from its one queue. */
export function createInputCalls(
  queue: (input: QueuedInput) => Promise<void>,
  modes: Pick<ModeTracker, "applicationCursor" | "bracketedPaste">,
): Pick<PtySession, "send" | "sendText" | "sendKey" | "paste" | "sendData" | "sendEndOfFile"> {
  let hasSentData = false;
  /** The terminal echoes data, and the echo may contain a query, whose reply would be read as data. */
  const isUnwanted = (origin: InputOrigin, now: TerminalModes | null) =>
    origin === "answer" && hasSentData && now?.canonical === true;
  return {
    send(bytes, origin = "typed") {
      const copy = Uint8Array.from(bytes);
      const encode = (now: TerminalModes | null) => (isUnwanted(origin, now) ? new Uint8Array() : copy);
      return queue({ encode, byteLength: copy.length, origin });
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
    sendData(bytes) {
      hasSentData = true;
      const copy = Uint8Array.from(bytes);
      const encode = (now: TerminalModes | null) => encodeData(copy, now);
      return queue({ encode, byteLength: copy.length, origin: "typed" });
    },
    async sendEndOfFile(options) {
      let isSent = false;
      const encode = (now: TerminalModes | null) => {
        const bytes = encodeEndOfFile(now, options);
        isSent = bytes.length > 0;
        return bytes;
      };
      await queue({ encode, byteLength: 2, origin: "typed" });
      return isSent;
    },
  };
}
