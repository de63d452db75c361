import { type Replaced, replaceSpans } from "./text-rule.js";

// As plain patterns these three are quadratic: each possible start reads to the end of a long run. Here the text is
// scanned from what makes a match rare (the `@`, the `/tmp/`), and each character is read a bounded number of times.

type Span = [start: number, end: number];

const LOCAL_PART = /[a-zA-Z0-9._%+-]/;
const DOMAIN = /[a-zA-Z0-9.-]*/y;
const TOP_LEVEL = /^[a-zA-Z]{2,}/;
const PATH = /[a-zA-Z0-9._/-]*/y;
const TEMPORARY = "/tmp/";

/** `local@domain.tld` → `<account>`. */
export function replaceEmails(text: string): Replaced {
  const spans: Span[] = [];
  let free = 0;
  for (let at = text.indexOf("@"); at !== -1; at = text.indexOf("@", at + 1)) {
    let start = at;
    while (start > free && LOCAL_PART.test(text[start - 1] ?? "")) start--;
    const end = start < at ? domainEnd(text, at + 1) : -1;
    // The next local part cannot begin before this `@`: `@` is not part of one.
    free = at + 1;
    if (end === -1) continue;
    spans.push([start, end]);
    free = end;
    at = end - 1;
  }
  return replaceSpans(text, spans, "<account>");
}

/** Where the longest domain that begins at `start` ends, or -1: up to the last label of two letters or more. */
function domainEnd(text: string, start: number): number {
  const run = runFrom(text, start, DOMAIN);
  for (let dot = run.lastIndexOf("."); dot > 0; dot = run.lastIndexOf(".", dot - 1)) {
    const label = TOP_LEVEL.exec(run.slice(dot + 1, nextDot(run, dot)))?.[0];
    if (label !== undefined) return start + dot + 1 + label.length;
  }
  return -1;
}

function nextDot(run: string, dot: number): number {
  const next = run.indexOf(".", dot + 1);
  return next === -1 ? run.length : next;
}

/** `/tmp/….sock` → `<socket>`, up to the last `.sock` of the path that ends a word. */
export function replaceSocketFiles(text: string): Replaced {
  return replaceTemporaryPaths(text, "<socket>", (run, end) => {
    for (let at = run.lastIndexOf(".sock"); at >= TEMPORARY.length; at = run.lastIndexOf(".sock", at - 1)) {
      if (!/\w/.test((run + end)[at + 5] ?? "")) return at + 5;
    }
    return -1;
  });
}

/** `/tmp/…tmp…` and `/tmp/…temp…` → `<tmpfile>`, the whole path. */
export function replaceTransientFiles(text: string): Replaced {
  return replaceTemporaryPaths(text, "<tmpfile>", (run) => {
    const name = run.slice(TEMPORARY.length);
    return name.includes("tmp") || name.includes("temp") ? run.length : -1;
  });
}

/**
 * Looks at each run of path characters from its first `/tmp/` on, once: if that has no match, no later `/tmp/` of the run
 * has, and a match reaches as far as any later one would.
 * @param lengthOf how much of the run matches, or -1; it is also given the character after the run.
 */
function replaceTemporaryPaths(
  text: string,
  replacement: string,
  lengthOf: (run: string, next: string) => number,
): Replaced {
  const spans: Span[] = [];
  let at = text.indexOf(TEMPORARY);
  while (at !== -1) {
    const run = runFrom(text, at, PATH);
    const length = lengthOf(run, text[at + run.length] ?? "");
    if (length !== -1) spans.push([at, at + length]);
    at = text.indexOf(TEMPORARY, at + run.length);
  }
  return replaceSpans(text, spans, replacement);
}

function runFrom(text: string, start: number, pattern: RegExp): string {
  pattern.lastIndex = start;
  return pattern.exec(text)?.[0] ?? "";
}
