/** Reads a tape from left to right. */
export interface TapeScanner {
  /** The line that is read, counted from 1. */
  readonly line: number;
  /** The next word or text of any line; null at the end. */
  next(): TapeToken | null;
  /** The next token if it is on the same line, and of this kind. */
  take(kind: TapeToken["kind"]): string | null;
  /** The next word on the same line, if it is a number. */
  takeNumber(): string | null;
  /** What is left of the line. */
  rest(): string;
}

/** A word, a text in quotes, or a pattern between slashes. */
interface TapeToken {
  kind: "word" | "text" | "pattern";
  value: string;
}

const BLANKS = /[ \t\r]*/y;
const TOKENS: readonly [TapeToken["kind"], RegExp][] = [
  ["text", /"([^"\n]*)"|'([^'\n]*)'|`([^`\n]*)`/y],
  ["pattern", /\/((?:[^/\\\n]|\\.)+)\//y],
  ["word", /[^\s"'`#]+/y],
];

const NUMBER = /\d+(?![^\s#])/y;

/** A tape has no escapes within quotes, and comments from `#` on. */
export function createTapeScanner(text: string): TapeScanner {
  let at = 0;
  let line = 1;

  function match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = at;
    return pattern.exec(text);
  }

  function skipBlanks(): void {
    at += match(BLANKS)?.[0].length ?? 0;
    if (text[at] === "#") while (at < text.length && text[at] !== "\n") at++;
  }

  function read(kinds: readonly TapeToken["kind"][]): TapeToken | null {
    for (const [kind, pattern] of TOKENS) {
      const found = kinds.includes(kind) ? match(pattern) : null;
      if (!found) continue;
      at += found[0].length;
      return { kind, value: found.slice(1).find((part) => part !== undefined) ?? found[0] };
    }
    return null;
  }

  return {
    get line() {
      return line;
    },
    next() {
      skipBlanks();
      while (text[at] === "\n") {
        at++;
        line++;
        skipBlanks();
      }
      if (at >= text.length) return null;
      // An unended quote is a word of its own: no command has that name.
      return read(["text", "word"]) ?? { kind: "word", value: text[at++] ?? "" };
    },
    take(kind) {
      skipBlanks();
      return read([kind])?.value ?? null;
    },
    takeNumber() {
      skipBlanks();
      const found = match(NUMBER);
      at += found?.[0].length ?? 0;
      return found?.[0] ?? null;
    },
    rest() {
      const end = text.indexOf("\n", at);
      const left = text.slice(at, end < 0 ? undefined : end).trim();
      at = end < 0 ? text.length : end;
      return left;
    },
  };
}
