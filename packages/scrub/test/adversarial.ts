import { defaultFinders } from "../src/lib/default-rules.js";

const CONFIG = {
  home: "/home/alicesmith",
  worktree: "/home/alicesmith/project",
  names: ["alicesmith"],
  accountIdentifiers: ["acct-12345"],
  secrets: ["Correct-h0rse/battery", "aaaaaaaaab"],
  rules: [
    { name: "user", pattern: "acme_[a-z]{20,200}-\\d+" },
    { name: "address", pattern: "\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}" },
    { name: "card", pattern: "\\d{16}" },
    { name: "number", pattern: "[A-Z]{2}\\d{6}" },
    { name: "long", pattern: "[a-z0]{60}[a-z]{60}-" },
  ],
};

/** A configuration with a rule of every sort. */
export const FULL_CONFIG = CONFIG;

const HOLDERS = [
  "",
  "=",
  ": ",
  " ",
  "\n",
  "\r\n",
  "=a",
  '="',
  "a@",
  "://",
  "0",
  "A",
  ".",
  "-",
  "\0",
  "│\r\n│ ",
  "aaaaaaaaaaaaaaaaaaa\n",
];

/** Pieces that rules begin to look at and give up on. */
const RULE_PIECES = [
  ...new Set(defaultFinders(CONFIG).flatMap(({ anchors }) => anchors.map(({ literal }) => literal))),
].filter((literal) => !/^.@$/.test(literal));

/** Rows of base64 that are one run, each with something in it. */
const base64Rows = [16, 20, 76].map((width) => {
  const row = Buffer.from(`${CONFIG.secrets[1]}${"x".repeat(width)}`).toString("base64");
  return `${row.slice(0, width)}\n`;
});

const encoded = RULE_PIECES.filter(({ length }) => length > 3).flatMap((literal) => [
  Buffer.from(literal.repeat(3)).toString("base64").replace(/=+$/, ""),
  Buffer.from(literal).toString("hex"),
  Buffer.from(literal).toString("hex").replace(/../g, "%$&"),
]);

/** Pieces that views take apart. */
const VIEW_PIECES = [
  ..."a@ .0-=:/%&\\\t\n\r\b\x1b\x07\x0e\x90\x9b│é€😀".split(""),
  "a@",
  "a@a.",
  "a@a",
  ".a@a.a",
  "\x1b[",
  "\x1b[1m",
  "\x1b[1",
  "\x1b[H",
  "\x1b[2J",
  "\x1b]0;",
  "\x1b]0;a\x07",
  "\x1bP",
  "\x1b\x1b",
  "\x1b[99999b",
  "x\x1b[99b",
  "\u200b",
  "a\u0301",
  "\u009b",
  "%",
  "%2",
  "%25",
  "%41",
  "\\u0041",
  "&#65;",
  "\\x4",
  ":\\/\\/",
  "aGY",
  "YWFh\n",
  "|",
  "│",
  "│ \n",
  "\r\n",
  " \r\n",
  "\0a",
  "a \0",
  "-----BEGIN PRIVATE KEY-----",
  "-----BEGIN PRIVATE KEY-----\n",
  "curl -u ",
  "login a\n",
  "ghp_\n",
  "g\nh\np\n_\n",
  "p\na\ns\ns\nw\n",
  "eyJaaaaaaaa.ey",
  "eyJaaaaaaaa.eyaaaaaaaa.",
];

/** Texts of a size which a rule or a view that reads anything twice would take minutes for. */
export function* adversarialTexts(size: number): Generator<{ name: string; text: string }> {
  const pieces = [
    // First, so that every sample holds one of them.
    ...base64Rows,
    ...RULE_PIECES.flatMap((piece) => HOLDERS.map((holder) => piece + holder)),
    ...encoded,
    ...VIEW_PIECES,
  ];
  for (const piece of pieces) {
    yield { name: JSON.stringify(piece), text: piece.repeat(Math.ceil(size / piece.length)) };
    yield { name: `${JSON.stringify(piece)}, then a run`, text: piece + "a".repeat(size) };
  }
}
