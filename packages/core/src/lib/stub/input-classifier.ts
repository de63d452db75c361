/** A piece of the input from the user's terminal, of one kind. */
export interface ClassifiedInput {
  bytes: Uint8Array;
  /** "answer": the terminal's reply to the program. "mark": the key for a mark, which is not passed on. */
  kind: "typed" | "answer" | "mark";
}

/** Separates the user's input from the terminal's replies. */
export interface InputClassifier {
  /** Takes bytes that were read. The possible beginning of a reply is held back until more arrives, or `flush`. */
  take(bytes: Uint8Array): ClassifiedInput[];
  /** Returns what is held back, as typed. */
  flush(): ClassifiedInput[];
  /** What is held back. */
  readonly held: Uint8Array;
}

const ESC = "\\x1b";
const STRING_END = `(?:\\x07|${ESC}\\\\)`;
/**
 * Replies to DA1, DA2, DSR, DECXCPR, CPR, DECRQM, kitty's `?u`, window reports, focus, XTVERSION, DECRQSS, XTGETTCAP, DA3 and
 * colours. A keyboard sends none of them except `CSI 1;2R`, F3 with a modifier, which does not count as a cursor position.
 */
const ANSWERS = [
  `${ESC}\\[[?>=][\\d;]*c`,
  `${ESC}\\[\\??[\\d;]*n`,
  `${ESC}\\[\\?\\d+;\\d+(?:;\\d+)?R`,
  `${ESC}\\[(?!1;[2-9]R|1;1[0-6]R)\\d+;\\d+R`,
  `${ESC}\\[\\??[\\d;]+\\$y`,
  `${ESC}\\[\\?\\d*u`,
  `${ESC}\\[[\\d;]+t`,
  `${ESC}\\[[IO]`,
  `${ESC}P[^\\x07\\x1b]*${STRING_END}`,
  `${ESC}\\](?:4|1\\d|5[26]|l|L)[^\\x07\\x1b]*${STRING_END}`,
].join("|");
/** The beginning of any of them. ESC alone is a key; ESC with `[`, `]` or `P` is one unless more follows soon. */
const BEGINNING = new RegExp(`${ESC}(?:\\[[?>=]?[\\d;$]*|[P\\]][^\\x07\\x1b]*${ESC}?)$`);
const LONGEST_HELD = 8_192;

/** @param markKeys the sequences that make a mark. */
export function createInputClassifier(markKeys: readonly string[] = []): InputClassifier {
  const marks = markKeys.map((key) => key.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"));
  const pattern = new RegExp(
    `(?<answer>${ANSWERS})${marks.length > 0 ? `|(?<mark>${marks.join("|")})` : ""}`,
    "g",
  );
  let held = "";

  /** Cuts text into pieces of one kind each. */
  function classify(text: string): ClassifiedInput[] {
    const pieces: ClassifiedInput[] = [];
    const add = (piece: string, kind: ClassifiedInput["kind"]) => {
      if (piece !== "") pieces.push({ bytes: Buffer.from(piece, "latin1"), kind });
    };
    let end = 0;
    for (const { 0: match, index, groups } of text.matchAll(pattern)) {
      add(text.slice(end, index), "typed");
      add(match, groups?.mark === undefined ? "answer" : "mark");
      end = index + match.length;
    }
    add(text.slice(end), "typed");
    return pieces;
  }

  return {
    take(bytes) {
      const text = held + Buffer.from(bytes).toString("latin1");
      const beginning = BEGINNING.exec(text)?.[0] ?? "";
      held = beginning.length <= LONGEST_HELD ? beginning : "";
      return classify(text.slice(0, text.length - held.length));
    },
    flush() {
      const text = held;
      held = "";
      return classify(text);
    },
    get held() {
      return Buffer.from(held, "latin1");
    },
  };
}
