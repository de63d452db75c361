/** A piece of what came from a person's terminal. */
export interface ToldInput {
  bytes: Uint8Array;
  /** "answer": the terminal itself said it, in reply to the program. "mark": the key for a mark, which is not passed on. */
  kind: "typed" | "answer" | "mark";
}

/** Tells what a person typed from what the terminal answered. */
export interface InputTeller {
  /** Takes what was read. What may be the beginning of an answer is held back until more comes, or `flush`. */
  take(bytes: Uint8Array): ToldInput[];
  /** What is held back, as typed. */
  flush(): ToldInput[];
  /** What is held back. */
  readonly held: Uint8Array;
}

const ESC = "\\x1b";
const STRING_END = `(?:\\x07|${ESC}\\\\)`;
/**
 * Replies to DA1, DA2, DSR, DECXCPR, CPR, DECRQM, kitty's `?u`, window reports, focus, XTVERSION, DECRQSS, XTGETTCAP, DA3 and
 * colours. A keyboard sends none of them but `CSI 1;2R`, F3 with a modifier, which is not taken for a position.
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
/** The beginning of any of them. ESC alone is a key of its own, and so is ESC with `[`, `]` or `P` only for a moment. */
const BEGINNING = new RegExp(`${ESC}(?:\\[[?>=]?[\\d;$]*|[P\\]][^\\x07\\x1b]*${ESC}?)$`);
const LONGEST_HELD = 8_192;

/** @param markKeys the sequences that make a mark. */
export function createInputTeller(markKeys: readonly string[] = []): InputTeller {
  const marks = markKeys.map((key) => key.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"));
  const telling = new RegExp(
    `(?<answer>${ANSWERS})${marks.length > 0 ? `|(?<mark>${marks.join("|")})` : ""}`,
    "g",
  );
  let held = "";

  /** Cuts text into pieces of one kind each. */
  function tell(text: string): ToldInput[] {
    const told: ToldInput[] = [];
    const add = (piece: string, kind: ToldInput["kind"]) => {
      if (piece !== "") told.push({ bytes: Buffer.from(piece, "latin1"), kind });
    };
    let end = 0;
    for (const { 0: match, index, groups } of text.matchAll(telling)) {
      add(text.slice(end, index), "typed");
      add(match, groups?.mark === undefined ? "answer" : "mark");
      end = index + match.length;
    }
    add(text.slice(end), "typed");
    return told;
  }

  return {
    take(bytes) {
      const text = held + Buffer.from(bytes).toString("latin1");
      const beginning = BEGINNING.exec(text)?.[0] ?? "";
      held = beginning.length <= LONGEST_HELD ? beginning : "";
      return tell(text.slice(0, text.length - held.length));
    },
    flush() {
      const text = held;
      held = "";
      return tell(text);
    },
    get held() {
      return Buffer.from(held, "latin1");
    },
  };
}
