/** A program that asks for no password, and what is typed to it. */
export interface NoPrompt {
  /** The program, which is skipped where it is missing. */
  program: string;
  argv: [string, ...string[]];
  /** Keys that belong together. None ends the program. */
  tokens: string[];
}

const LINES = [
  ...["password:", "Enter passphrase:", "", "PIN: ", "> token", "secret key =", "API key:", "OTP?"],
  ...["Passwort: ", "mot de passe :", "# password = ", '  "token": ', "the key is", "Password for root: "],
  ...["code:", "password: hunter", "\tpin:", "ключ:", "密码：", "| password |", "[password]"],
];
/** A file full of words that prompts have. */
export const TEXT = `${Array.from({ length: 300 }, (_, row) => LINES[(row * 8) % LINES.length]).join("\n")}\n`;

const [ESCAPE, ENTER] = ["\x1b", "\r"];
const [UP, DOWN, RIGHT, LEFT, PAGE_UP, PAGE_DOWN] = ["A", "B", "C", "D", "5~", "6~"].map(
  (end) => `${ESCAPE}[${end}`,
) as [string, string, string, string, string, string];
const ARROWS = [UP, DOWN, DOWN, RIGHT, LEFT];

const VI = [
  ...["j", "k", "jj", "yy", "p", "dd", "u", "w", "b", "$", "0", "x", "gg", "G", "5j", "yyp", "n", "N", "J"],
  ...["%", "zz", "\x04", "\x15", "\x06", "~", `V${ESCAPE}`, "vjjy", "P", `O${ESCAPE}`, `A some${ESCAPE}`],
  ...[`/pass${ENTER}`, `?key${ENTER}`, `:set nu!${ENTER}`, `:w${ENTER}`, `:echo "password:"${ENTER}`],
  ...[`oPassword: abc${ESCAPE}`, `cwtoken${ESCAPE}`, `o${ENTER}abcd efgh${ESCAPE}`],
];
const EDITOR = [
  ...["hello world ", "the password: abcd1234", ENTER, ...ARROWS, "\x7f", "token ", "key: ", PAGE_UP],
  ...[PAGE_DOWN, `PIN: ${ENTER}`, `${ENTER}abcd`],
];
const PAGER = [
  ...["j", "k", " ", "b", "d", "u", ENTER, DOWN, UP, "g", "G", "n", "N", PAGE_UP, PAGE_DOWN],
  ...[`/pass${ENTER}`, `/key:${ENTER}`],
];
const lines = (...texts: string[]) => texts.map((text) => `${text}${ENTER}`);
const SHELL = [
  ...lines("echo password:", "echo 'Enter passphrase:'", "head -20 text", "ls", "printf '\\npassword: \\n'"),
  ...lines("sleep 0.1; echo password:", "read x", "token", "pwd", "grep -n pass text | head -5", "true"),
  ...["hello", "\x7f\x7f", `abc\x15`, "'password:'\x15", ENTER, UP, `${UP}${ENTER}`],
];
const vi = (program: string, ...options: string[]): NoPrompt => ({
  program,
  argv: [program, ...options, "-n", "text"],
  tokens: VI,
});
const shell = (program: string, option: string): NoPrompt => ({
  program,
  argv: [program, option],
  tokens: SHELL,
});
const again = (program: string, command: string, tokens: string[]): NoPrompt => ({
  program,
  argv: ["sh", "-c", `while true; do ${command}; done`],
  tokens,
});
/** Sees no process but its own: what is typed at random may kill one. */
const alone = (...argv: string[]): [string, ...string[]] => ["unshare", "-rpf", "--mount-proc", ...argv];
const COMMIT =
  "git init -q && git -c user.name=a -c user.email=a@b.c commit -q --allow-empty -m 'token: password'";

export const NO_PROMPTS: Record<string, NoPrompt> = {
  "vim -u NONE": vi("vim", "-u", "NONE"),
  "vim -u DEFAULTS": vi("vim", "-u", "DEFAULTS"),
  nvim: vi("nvim", "-u", "NONE"),
  less: { program: "less", argv: ["less", "text"], tokens: [...PAGER, `&pass${ENTER}`, `&${ENTER}`] },
  bash: shell("bash", "--norc"),
  zsh: shell("zsh", "-f"),
  fish: {
    program: "fish",
    argv: ["fish", "--no-config"],
    tokens: SHELL.filter((each) => !/read/.test(each)),
  },
  "dialog --inputbox": again("dialog", "dialog --inputbox 'Enter the key:' 10 40", [
    ...["abc", "hello1", "\x7f", ENTER, "\t", "key", LEFT],
  ]),
  "whiptail --menu": again("whiptail", "whiptail --menu 'Password:' 15 50 6 a password b token c key", [
    ...[DOWN, UP, "a", "b", ENTER, "\t"],
  ]),
  python3: {
    program: "python3",
    argv: ["python3", "-q"],
    tokens: [
      ...lines("print('password:')", "x = 'token'", "x", "input('API key: ')", "abcd1234", "1+1", ""),
      ...["hello", "\x7f", "'token:\x15", UP, ENTER],
    ],
  },
  node: {
    program: "node",
    argv: ["node"],
    tokens: [...lines("console.log('password:')", "'token:'", "1+1", "x = 'key: '"), "hel\x15", UP, ENTER],
  },
  nano: { program: "nano", argv: ["nano", "text"], tokens: [...EDITOR, `\x17key${ENTER}`, "\x0b", "\x15"] },
  micro: { program: "micro", argv: ["micro", "text"], tokens: [...EDITOR, `\x06pass${ENTER}`, "\x0e"] },
  emacs: {
    program: "emacs",
    argv: ["emacs", "-nw", "-Q", "text"],
    tokens: [...EDITOR, "\x0e", "\x10", "\x0b", "\x19", `\x13key${ENTER}`, "\x16", "\x07"],
  },
  joe: { program: "joe", argv: ["joe", "text"], tokens: [...EDITOR, "\x19"] },
  most: { program: "most", argv: ["most", "text"], tokens: [DOWN, UP, " ", "b", "d", `/pass${ENTER}`, "n"] },
  fzf: again("fzf", "fzf --prompt='key> ' <text", ["pass", "key", "\x15", "\x7f", UP, DOWN, "pin", ENTER]),
  htop: {
    program: "htop",
    argv: alone("htop"),
    tokens: [...ARROWS, `/pass${ENTER}`, "t", "P", "M", "I", "H"],
  },
  top: {
    program: "top",
    argv: alone("top", "-d", "0.4"),
    tokens: ["j", "k", "c", "P", "M", "t", "m", UP, DOWN],
  },
  tig: {
    program: "tig",
    argv: ["sh", "-c", `${COMMIT} && exec tig`],
    tokens: [...ARROWS, ENTER, " ", `/pass${ENTER}`, "n", "N"],
  },
  // No key that leaves the folder: what is typed too early may rename something.
  ranger: { program: "ranger", argv: ["ranger"], tokens: ["j", "k", "gg", "G", `/pass${ENTER}`, "n"] },
  vifm: { program: "vifm", argv: ["vifm", "."], tokens: ["j", "k", "gg", "G", `/pass${ENTER}`, "\t"] },
  lynx: { program: "lynx", argv: ["lynx", "text"], tokens: [DOWN, UP, " ", "b", `/pass${ENTER}`, "n", "="] },
  dash: {
    program: "dash",
    argv: ["dash"],
    tokens: SHELL.filter((each) => !/[\x01-\x0c\x15\x1b]/.test(each)),
  },
  ksh: { program: "ksh", argv: ["ksh"], tokens: SHELL },
  sqlite3: {
    program: "sqlite3",
    argv: ["sqlite3"],
    tokens: lines("select 'password:';", "select 1", ";", ".tables", ".help"),
  },
  gdb: {
    program: "gdb",
    argv: ["gdb", "-q"],
    tokens: [...lines("echo password:\\n", "print 1", "show prompt", "set prompt key> "), "hello\x15"],
  },
  bc: { program: "bc", argv: ["bc", "-q"], tokens: lines("1+1", 'print "password:\\n"', "2^10", "x=3") },
};
