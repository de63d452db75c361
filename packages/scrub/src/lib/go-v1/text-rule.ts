/** One rule of a rule set: finds what it knows and replaces it. */
export interface TextRule {
  readonly name: string;
  replace(text: string): Replaced;
}

/** A text after a rule, and how often the rule hit. */
export interface Replaced {
  text: string;
  hits: number;
}

/** Replaces the given spans of a text; they must be in order and must not overlap. */
export function replaceSpans(
  text: string,
  spans: readonly (readonly [start: number, end: number])[],
  replacement: string,
): Replaced {
  let out = "";
  let at = 0;
  for (const [start, end] of spans) {
    out += text.slice(at, start) + replacement;
    at = end;
  }
  return { text: out + text.slice(at), hits: spans.length };
}

/** Replaces every occurrence of a literal, from the left, without overlap. */
export function replaceLiteral(text: string, literal: string, replacement: string): Replaced {
  if (literal === "") return { text, hits: 0 };
  const parts = text.split(literal);
  return { text: parts.join(replacement), hits: parts.length - 1 };
}
