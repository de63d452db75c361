// What `tools/plain-english.mjs` looks for, and where.

/**
 * Files whose English is checked: git pathspecs. `:(exclude)` exempts a file; a comment `plain-english: allow` exempts the line it
 * is on and the next one.
 */
export const CHECKED = [
  ":(glob)*.md",
  ":(glob).changeset/*.md",
  ":(glob)docs/**/*.md",
  ":(glob)examples/**/*.md",
  ":(glob)examples/**/*.mjs",
  ":(glob)packages/*/README.md",
  ":(glob)packages/*/src/**/*.ts",
  ":(glob)packages/*/test/**/*.ts",
  ":(glob)packages/*/client/**/*.ts",
  ":(glob)packages/*/bench/**/*.mjs",
  ":(glob)tools/**/*.mjs",
  ":(exclude,glob)packages/scrub/src/**",
  ":(exclude,glob)packages/scrub/test/**",
  ":(exclude)tools/phrases.mjs",
  ":(exclude)tools/plain-english.test.mjs",
];

/**
 * Phrases to avoid as regular expressions, the more specific ones first; a blank also matches a line break. `not`: accepted uses.
 * `example`: text in which the phrase is found.
 * @type {readonly { avoid: string, not?: string, write: string, example: string }[]}
 */
export const PHRASES = [
  { avoid: "unless (?:told|asked)", write: "default: …", example: "9 rounds unless told" },
  { avoid: "told otherwise", write: "default: …", example: "The default, if not told otherwise." },
  {
    avoid: "tells?|told|telling",
    not: "(?:tells?|telling|told)(?: \\w+){0,2} apart",
    write: "“reports”, “shows”, “receives”",
    example: "The recorder is told of each input.",
  },
  {
    avoid: "stands?|stood|standing",
    not: "(?:stands?|stood|standing) (?:in )?(?:for|as)",
    write: "“is”, “exists”",
    example: "Nothing stands at the target.",
  },
  { avoid: "anew", write: "“again”", example: "The frames are derived anew." },
  {
    avoid: "behind",
    not: "(?:leaves?|leaving|left|falls?|lags?)(?: \\w+){0,2} behind",
    write: "“after”, “below”",
    example: "A comment behind the call is the output.",
  },
  {
    avoid: "whoever|somebody|someone|nobody|anybody",
    write: "name the actor: “the user”, “the caller”, “no process”",
    example: "Whoever reads it wants the bytes.",
  },
  { avoid: "the answer is no", write: "“negative result”", example: "1 the answer is no" },
  { avoid: "wrong use", write: "“usage error”", example: "2 wrong use" },
  { avoid: "could not(?=[;:,.]|$)", write: "“failure”", example: "3 could not; 4 no cassette was made" },
  {
    avoid: "(?:does|do|done|doing) again what was done",
    write: "“replays its input”",
    example: "It does again what was done to the program.",
  },
  { avoid: "derived again", write: "“re-rendered”", example: "Derived again, the frame differs." },
  {
    avoid: "so (?:short|long|large|small|little|great) an?",
    write: "“text this short”, “such a short text”",
    example: "So short a text matches by accident.",
  },
  { avoid: "all the same", write: "“still”, “anyway”", example: "The input is sent all the same." },
  {
    avoid: "(?:goes|go|went|gone|going) on",
    not: "(?:goes|go|went|gone|going) on (?:an?|the|its|every|each) ",
    write: "“continues”, “is still running”",
    example: "The program goes on.",
  },
  { avoid: "once more", write: "“again”", example: "Everything is scanned once more." },
  {
    avoid: "(?:is|are|was|were) not there",
    write: "“is missing”, “does not exist”",
    example: "A path that is not there is an error.",
  },
  { avoid: "headway", write: "“progress”", example: "A worker makes no headway." },
  { avoid: "deeds?", write: "“action”, “input”", example: "Each deed has a time." },
  { avoid: "markers?", write: "“mark”", example: "A marker names a moment." },
];
