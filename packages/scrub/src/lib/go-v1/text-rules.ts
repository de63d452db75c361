import { replaceEmails, replaceSocketFiles, replaceTransientFiles } from "./anchored-rules.js";
import type { TextRule } from "./text-rule.js";

// Version 1's rules, faults included: they are pinned by vectors and kept for compatibility. White space is ASCII's tab,
// newline, form feed, return and space. With `i`, `u` makes case folding include U+212A and U+017F.

const BEARER = /bearer[\t\n\f\r ]+[a-z0-9._~+/=-]+/giu;
const API_TOKEN = /(api[_-]?key|token|secret)=?[a-z0-9._~+/=-]{8,}/giu;
const UUID = /[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}/g;
const RFC3339 = /[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]+)?Z?/g;
const LOCAL_TIME = /\b[0-9]{1,2}:[0-9]{2}:[0-9]{2}\b/g;
const PID = /\b(pid|PID)[=: ]+[0-9]+\b/g;
const DURATION = /\b[0-9]+(?:\.[0-9]+)?(?:ms|s|m|h)\b/g;
const COUNTER = /\b(frame|tick|counter)=[0-9]+\b/g;

/** In the order in which they apply, each to the result of the one before. */
export const TEXT_RULES: readonly TextRule[] = [
  replacing("bearer-token", BEARER, "Bearer <redacted>"),
  replacing("api-token", API_TOKEN, "$1=<redacted>"),
  { name: "email", replace: replaceEmails },
  replacing("uuid", UUID, "<uuid>"),
  replacing("rfc3339", RFC3339, "<timestamp>"),
  replacing("local-time", LOCAL_TIME, "<time>"),
  replacing("pid", PID, "$1=<pid>"),
  replacing("elapsed-duration", DURATION, "<duration>"),
  { name: "socket-file", replace: replaceSocketFiles },
  { name: "transient-file", replace: replaceTransientFiles },
  replacing("animation-counter", COUNTER, "$1=<n>"),
];

/** A rule whose pattern reads every character a bounded number of times. `$1` stands for the pattern's group. */
function replacing(name: string, pattern: RegExp, replacement: string): TextRule {
  return {
    name,
    replace(text) {
      let hits = 0;
      const replaced = text.replace(pattern, (_match, group: unknown) => {
        hits++;
        return replacement.replace("$1", () => String(group));
      });
      return { text: replaced, hits };
    },
  };
}
