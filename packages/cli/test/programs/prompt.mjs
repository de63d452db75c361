// Asks for a password in raw mode, in one of the ways in which libraries do, and reports only how long it was.
const [way] = process.argv.slice(2);
const out = (text) => process.stdout.write(text);
let typed = "";
let drawn = false;

const WAYS = {
  /** A star a key. */
  stars: {
    start: () => out("Password: "),
    key: () => out("*"),
    end: () => out("\r\n"),
  },
  nothing: {
    start: () => out("One-time code (OTP): "),
    key: () => {},
    end: () => out("\r\n"),
  },
  /** The row is drawn again at each key, with a placeholder at first. */
  redrawn: {
    start: () => WAYS.redrawn.key(),
    key: () => {
      const mask = typed === "" ? "\x1b[2m[input is masked]\x1b[22m" : "•".repeat(typed.length);
      out(`\x1b[2K\x1b[1G\x1b[32m?\x1b[39m \x1b[1mSecret\x1b[22m ${mask}\x1b[${10 + typed.length}G`);
    },
    end: () => out("\r\n"),
  },
  /** Several rows with a frame, and no cursor. */
  framed: {
    start: () => {
      out("\x1b[?25l┌  login\r\n│\r\n");
      WAYS.framed.key();
    },
    key: () => {
      if (drawn) out("\x1b[3A\x1b[1G\x1b[J");
      drawn = true;
      out(`◆  Enter your password\r\n│  ${"▪".repeat(typed.length)}\x1b[7m\x1b[8m_\x1b[28m\x1b[27m\r\n└\r\n`);
    },
    end: () => out("\x1b[?25h"),
  },
  /** The prompt's row grows, and the cursor is on the next one. */
  below: {
    start: () => WAYS.below.key(),
    key: () => {
      if (drawn) out("\x1b[1A\x1b[2K\x1b[G");
      drawn = true;
      out(`Passphrase: ${"*".repeat(typed.length)}\r\n`);
    },
    end: () => {},
  },
  /** No secret: what is typed is shown. */
  shown: {
    start: () => out("API key: "),
    key: (key) => out(key),
    end: () => out("\r\n"),
  },
};

process.stdin.setRawMode(true);
WAYS[way].start();
process.stdin.on("data", (bytes) => {
  for (const key of bytes.toString()) {
    if (key === "\r") {
      WAYS[way].end();
      out(`accepted ${typed.length}\r\n`);
      process.exit();
    }
    typed += key;
    WAYS[way].key(key);
  }
});
