/** Parses a terminal's input into key names. */
export interface KeyReader {
  /** The complete keys; an incomplete one waits for the next call. */
  read(bytes: Uint8Array): string[];
  /** Call this after a pause: an escape by itself is then a key. */
  flush(): string[];
}

const SEQUENCE = /^\x1b(?:\[([0-9;?<>]*)([@-~])|O([@-~]))/;
const UNFINISHED = /^\x1b(?:\[[0-9;?<>]*|O)?$/;
/** Strings that a terminal sends as replies, complete or still unfinished. */
const REPLY = /^\x1b[\]PX^_][^\x07\x1b]*(?:\x07|\x1b\\|($))/;
const ARROWS: Record<string, string> = { A: "up", B: "down", C: "right", D: "left" };
const CONTROLS: Record<string, string> = {
  "\r": "enter",
  "\n": "enter",
  "\x7f": "backspace",
  "\b": "backspace",
  "\x03": "ctrl+c",
  "\x04": "ctrl+d",
  "\x1a": "ctrl+z",
  "\x1c": "ctrl+\\",
  "\x0c": "ctrl+l",
  " ": "space",
};

/** Makes a reader of keys. Other input, such as a terminal's reply, is ignored. */
export function createKeyReader(): KeyReader {
  const decoder = new TextDecoder();
  let pending = "";
  return {
    read(bytes) {
      pending += decoder.decode(bytes, { stream: true });
      const keys: string[] = [];
      while (pending !== "") {
        const taken = takeKey(pending);
        if (taken === null) break;
        pending = pending.slice(taken.length);
        if (taken.key !== null) keys.push(taken.key);
      }
      return keys;
    },
    flush() {
      const isEscape = pending === "\x1b";
      pending = "";
      return isEscape ? ["escape"] : [];
    },
  };
}

/** A key, null for a sequence that is none, and the length of what was read. */
interface TakenKey {
  key: string | null;
  length: number;
}

/** The first key; null if it is incomplete. */
function takeKey(text: string): TakenKey | null {
  return text.startsWith("\x1b") ? takeSequence(text) : takeCharacter(text);
}

function takeCharacter([char = ""]: string): TakenKey {
  const isControl = char < " " || char === "\x7f";
  return { key: CONTROLS[char] ?? (isControl ? null : char), length: char.length };
}

function takeSequence(text: string): TakenKey | null {
  if (UNFINISHED.test(text)) return null;
  const reply = REPLY.exec(text);
  if (reply) return reply[1] === undefined ? { key: null, length: reply[0].length } : null;
  const match = SEQUENCE.exec(text);
  if (!match) return { key: "escape", length: 1 };
  return { key: arrowOf(match), length: match[0].length };
}

function arrowOf([, parameters = "", csiFinal, ss3Final]: string[]): string | null {
  const arrow = ARROWS[csiFinal ?? ss3Final ?? ""];
  if (arrow === undefined) return null;
  return parameters.endsWith(";2") ? `shift+${arrow}` : arrow;
}
