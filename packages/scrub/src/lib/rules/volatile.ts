import { replaceSocketFiles, replaceTransientFiles } from "../go-v1/anchored-rules.js";

// What merely changes from run to run. Never removed from evidence, so a wrong guess costs nothing but a difference.

/** Not inside of an escape sequence (`ESC[0m` is no duration), a word or a longer number. */
const FREE = String.raw`(?<![\w.]|\x1b\[[0-9;]{0,20})`;
const PATTERNS: readonly (readonly [pattern: RegExp, label: string])[] = [
  [/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi, "<uuid>"],
  [/\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?: ?(?:Z|[+-]\d\d:?\d\d))?/g, "<timestamp>"],
  [
    /\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? (?:\d\d? )?[A-Z][a-z]{2} (?:\d\d? )?(?:\d{4} )?\d\d:\d\d:\d\d(?: \d{4})?(?: (?:[A-Z]{3,4}|[+-]\d{4}))?/g,
    "<timestamp>",
  ],
  [new RegExp(String.raw`${FREE}\d{1,2}:\d\d:\d\d(?:[.,]\d{1,9})?(?![\w:])`, "g"), "<time>"],
  [
    new RegExp(String.raw`${FREE}(?:\d{1,9}(?:\.\d{1,9})?(?:ns|us|µs|ms|s|m|h|d)){1,4}(?!\w)`, "g"),
    "<duration>",
  ],
  [
    new RegExp(
      String.raw`${FREE}\d{1,9}(?:\.\d{1,9})? (?:milliseconds?|seconds?|minutes?|hours?|ms|secs?|mins?)(?!\w)`,
      "g",
    ),
    "<duration>",
  ],
  [/\b(pid|PID|ppid)(?:[=:]| |: |=\[?)\d{1,9}\b/g, "$1=<pid>"],
  [/\b(frame|tick|counter)=\d{1,12}\b/g, "$1=<n>"],
];

/** A text with what changes from run to run replaced by what it is. */
export function normaliseVolatile(text: string): string {
  const plain = replaceTransientFiles(replaceSocketFiles(text).text).text;
  return PATTERNS.reduce((result, [pattern, label]) => result.replace(pattern, label), plain);
}
