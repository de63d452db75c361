/**
 * Control characters, bidirectional controls, zero-width characters and lone surrogates: what can move a cursor, reorder
 * a line or hide. A recording is a stranger's text.
 */
const UNSAFE = /[\p{Cc}\p{Cf}\p{Cs}\u115f\u1160\u17b4\u17b5\u2028\u2029\u3164\uffa0]/gu;

/** Makes one line of text safe to print and to keep: what would act or hide is shown instead. */
export function escapeLine(text: string): string {
  return text.replace(UNSAFE, (char) => `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`);
}
