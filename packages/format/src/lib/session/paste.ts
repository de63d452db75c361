const START = "\x1b[200~";
const END = "\x1b[201~";

/**
 * Encodes a paste as terminals do: line ends become returns and, if the program requested it, brackets are added.
 * A bracket inside the text would let it end the paste early and be taken for typing, so those are removed.
 */
export function encodePaste(text: string, bracketed: boolean): Uint8Array {
  const typed = text.replace(/\r\n|\n/g, "\r");
  return Buffer.from(bracketed ? START + withoutBrackets(typed) + END : typed);
}

function withoutBrackets(text: string): string {
  let before: string;
  let after = text;
  do {
    before = after;
    after = before.replaceAll(START, "").replaceAll(END, "");
  } while (after !== before);
  return after;
}
