import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { compareRecordings, openCassette } from "@cassette/core/reader";
import { createScrubber } from "@cassette/scrub";
import { describe, expect, it, onTestFinished } from "vitest";
import { type InputSource, recordProgram } from "../src/index.js";
import { type Mask, maskScreen } from "../src/masks.js";
import { createEmulator } from "../src/parts.js";
import { openScript, scriptOf, scriptText } from "../src/script.js";

/** How long a person looks at a screen that has come to rest. */
const LOOK_MS = 350;
/** How often each script records again. */
const TIMES = process.env.CASSETTE_SOAK ? 10 : 1;

interface Session {
  argv: readonly [string, ...string[]];
  run: InputSource["run"];
  /** Prepares the folder that the program runs in. */
  prepare?: string;
  /** What differs from run to run with the same input: clocks, the processes of the machine. */
  masks?: Mask[];
  /** In every run of the tests, not only in a soak. */
  isQuick?: boolean;
}

const CLOCK: Mask[] = [{ pattern: /\b\d{1,2}:\d{2}\b/ }];
/** Rows with numbers. */
const MONITOR: Mask[] = [{ pattern: /^.*\d.*$/ }];

const SESSIONS: Record<string, Session> = {
  less: {
    argv: ["less", "lines.txt"],
    isQuick: true,
    async run(terminal) {
      await terminal.waitFor("line 5");
      await terminal.press("Space");
      await terminal.waitFor("line 40");
      await terminal.type("/line 77\r");
      await terminal.waitFor("line 80");
      await terminal.type("q");
    },
  },
  vim: {
    argv: ["vim", "-u", "NONE", "-n", "new.txt"],
    async run(terminal) {
      await terminal.waitFor("new.txt");
      await terminal.type("ihello world");
      await terminal.press("Escape");
      await terminal.waitSettled(200);
      await terminal.type(":q!\r");
    },
  },
  nvim: {
    argv: ["nvim", "-u", "NONE", "-n", "-i", "NONE", "lines.txt"],
    async run(terminal) {
      await terminal.waitFor("line 5");
      await terminal.type("G");
      await terminal.waitFor("line 100");
      await terminal.type(":q!\r");
    },
  },
  nano: {
    argv: ["nano", "-I", "lines.txt"],
    async run(terminal) {
      await terminal.waitFor("line 5");
      await terminal.type("new ");
      await terminal.waitFor("new line 1");
      await terminal.press("Ctrl+X");
      await terminal.waitFor("Save modified");
      await terminal.type("n");
    },
  },
  bash: {
    argv: ["bash", "--norc", "--noprofile"],
    isQuick: true,
    async run(terminal) {
      await terminal.waitFor("$ ");
      await terminal.type("for i in 1 2 3; do echo item $i; done\r");
      await terminal.waitFor(/^item 3$/, { in: "line" });
      await terminal.type("exit 3\r");
    },
  },
  zsh: {
    argv: ["zsh", "-f"],
    async run(terminal) {
      await terminal.waitFor(/[%#$] $/m);
      await terminal.type("echo $((6*7))\r");
      await terminal.waitFor(/^42$/, { in: "line" });
      await terminal.press("Ctrl+D");
    },
  },
  fish: {
    argv: ["fish", "--no-config"],
    async run(terminal) {
      await terminal.waitFor(/[>#$] $/m);
      await terminal.type("echo (math 6 x 7)\r");
      await terminal.waitFor(/^42$/, { in: "line" });
      await terminal.type("exit\r");
    },
  },
  python3: {
    argv: ["python3", "-q"],
    isQuick: true,
    async run(terminal) {
      await terminal.waitFor(">>> ");
      await terminal.type("6 * 7\r");
      await terminal.waitFor(/^42$/, { in: "line" });
      await terminal.press("Ctrl+D");
    },
  },
  node: {
    argv: ["node", "-i"],
    async run(terminal) {
      await terminal.waitFor("> ");
      await terminal.type("6 * 7\r");
      await terminal.waitFor(/^42$/, { in: "line" });
      await terminal.type(".exit\r");
    },
  },
  sqlite3: {
    argv: ["sqlite3", "-init", "/dev/null"],
    async run(terminal) {
      await terminal.waitFor("sqlite> ");
      await terminal.type("select 6 * 7;\r");
      await terminal.waitFor(/^42$/, { in: "line" });
      await terminal.type(".quit\r");
    },
  },
  bc: {
    argv: ["bc", "-q"],
    async run(terminal) {
      await sleep(200);
      await terminal.send(Buffer.from("6 * 7\r"));
      await terminal.waitFor(/^42$/, { in: "line" });
      await terminal.type("quit\r");
    },
  },
  perl: {
    argv: ["perl", "-de", "0"],
    async run(terminal) {
      await terminal.waitFor("DB<1>");
      await terminal.type("p 6 * 7\r");
      await terminal.waitFor("DB<2>");
      await terminal.type("q\r");
    },
  },
  gdb: {
    argv: ["gdb", "-q", "-nx"],
    async run(terminal) {
      await terminal.waitFor("(gdb)");
      await terminal.type("print 6 * 7\r");
      await terminal.waitFor("$1 = 42");
      await terminal.type("quit\r");
    },
  },
  top: {
    argv: ["top", "-d", "60"],
    masks: MONITOR,
    async run(terminal) {
      await terminal.waitFor("load average");
      await terminal.type("h");
      await terminal.waitFor("Help for Interactive Commands");
      await terminal.type("q");
      await terminal.waitFor("load average");
      await terminal.type("q");
    },
  },
  htop: {
    argv: ["htop", "-d", "600"],
    masks: MONITOR,
    async run(terminal) {
      await terminal.waitFor("F1Help");
      await terminal.press("F1");
      await terminal.waitFor("Released under");
      await terminal.press("Escape");
      await terminal.waitFor("F10Quit");
      await terminal.press("F10");
    },
  },
  "git add -p": {
    argv: ["git", "-c", "color.ui=always", "add", "-p"],
    prepare: "git init -q . && git add . && printf 'line 0\\n' >> lines.txt",
    async run(terminal) {
      await terminal.waitFor("Stage this hunk");
      await terminal.type("y\r");
    },
  },
  dialog: {
    argv: ["dialog", "--menu", "Choose one", "12", "40", "3", "a", "first", "b", "second", "c", "third"],
    async run(terminal) {
      await terminal.waitFor("third");
      await terminal.press("Down");
      await terminal.waitSettled(200);
      await terminal.press("Enter");
    },
  },
  whiptail: {
    argv: ["whiptail", "--yesno", "Are you sure?", "8", "40"],
    async run(terminal) {
      await terminal.waitFor("Are you sure?");
      await terminal.press("Tab");
      await terminal.waitSettled(200);
      await terminal.press("Enter");
    },
  },
  man: {
    argv: ["man", "less"],
    async run(terminal) {
      await terminal.waitFor("SYNOPSIS");
      await terminal.press("Space");
      await terminal.waitSettled(300);
      await terminal.type("q");
    },
  },
  mc: {
    masks: CLOCK,
    argv: ["mc", "--nosubshell", "--skin=nicedark"],
    async run(terminal) {
      await terminal.waitFor("10Quit");
      await terminal.press("F1");
      await terminal.waitFor("main help screen");
      await terminal.press("F10");
      await terminal.waitFor("lines.txt");
      await terminal.press("F10");
    },
  },
  tmux: {
    masks: [...CLOCK, { pattern: /^\[\d+\]/ }],
    argv: ["tmux", "-f", "/dev/null", "-L", "again", "new-session", "bash --norc --noprofile"],
    async run(terminal) {
      await terminal.waitFor(/[#$] $/m);
      await terminal.type("echo $((6*7))\r");
      await terminal.waitFor(/^42$/, { in: "line" });
      await terminal.type("exit\r");
    },
  },
  ed: {
    argv: ["ed", "-p", "* ", "lines.txt"],
    async run(terminal) {
      await terminal.waitFor("* ");
      await terminal.type("3p\r");
      await terminal.waitFor(/^line 3$/, { in: "line" });
      await terminal.type("q\r");
    },
  },
  "ssh-keygen": {
    argv: ["ssh-keygen", "-q", "-t", "ed25519", "-f", "key"],
    async run(terminal) {
      await terminal.waitFor("passphrase");
      await terminal.typeSecret("correct-horse-9\r");
      await terminal.waitFor("again");
      await terminal.typeSecret("correct-horse-9\r");
    },
  },
  w3m: {
    argv: ["w3m", "page.html"],
    async run(terminal) {
      await terminal.waitFor("A page");
      await terminal.type("q");
      await terminal.waitFor("Do you want to exit");
      await terminal.type("y");
    },
  },
};

const ENV = {
  ...process.env,
  TERM: "xterm-256color",
  LANG: "C.UTF-8",
  PS1: "$ ",
  PASSWORD: "correct-horse-9",
  PASSWORD_2: "correct-horse-9",
};

function has(program: string): boolean {
  return (process.env.PATH ?? "").split(delimiter).some((dir) => existsSync(join(dir, program)));
}

/** Folders of one name each: a program may show where it runs. */
function createPlace(prepare = ":"): { at: string; renew: () => void } {
  const dir = mkdtempSync(join(tmpdir(), "cassette-again-"));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  const at = join(dir, "work");
  const renew = () => {
    rmSync(at, { recursive: true, force: true });
    mkdirSync(join(at, "home"), { recursive: true });
    const lines = Array.from({ length: 100 }, (_, index) => `line ${index + 1}\n`);
    writeFileSync(join(at, "lines.txt"), lines.join(""));
    writeFileSync(join(at, "page.html"), "<h1>A page</h1><p>of text");
    execFileSync("sh", ["-c", prepare], { cwd: at, stdio: "ignore" });
  };
  return { at, renew };
}

/** Types as a person does, who looks at the screen before typing. */
function lookingFirst(run: InputSource["run"]): InputSource["run"] {
  return (terminal, ...rest) => {
    const look = async () => void (await terminal.waitSettled(LOOK_MS));
    const input =
      <A extends unknown[]>(act: (...args: A) => Promise<void>) =>
      async (...args: A) => {
        await look();
        await act(...args);
      };
    const { type, press, typeSecret } = terminal;
    return run(
      { ...terminal, type: input(type), press: input(press), typeSecret: input(typeSecret) },
      ...rest,
    );
  };
}

/** Records, and records again with the script that came of it. @returns the differences of each time */
async function recordAgain({ argv, run, prepare, masks = [] }: Session, times: number) {
  const { at, renew } = createPlace(prepare);
  const env = { ...ENV, HOME: join(at, "home"), XDG_CONFIG_HOME: join(at, "home") };
  const record = async (name: string, input: InputSource) => {
    renew();
    const target = `${at}-${name}`;
    await recordProgram({ target, argv, env, cwd: at, input });
    return target;
  };
  await using first = await openCassette(await record("first", { run: lookingFirst(run) }));
  const text = scriptText(await scriptOf(first));
  const file = `${at}.yaml`;
  writeFileSync(file, text);
  const differing: unknown[] = [];
  for (let time = 1; time <= times; time++) {
    await using second = await openCassette(await record(`${time}`, await openScript(file, env)));
    const { differences } = await compareRecordings(first, second, {
      createEmulator,
      normalise: createScrubber().normalise,
      mask: (screen) => maskScreen(screen, masks),
    });
    if (differences.length > 0) differing.push({ time, differences: differences.slice(0, 2) });
  }
  return { text, differing };
}

describe("a script made of a recording", () => {
  for (const [name, session] of Object.entries(SESSIONS)) {
    if (!session.isQuick && !process.env.CASSETTE_SOAK) continue;
    it.skipIf(!has(session.argv[0]))(
      `records ${name} again without a difference, ${TIMES} times`,
      async () => {
        const { text, differing } = await recordAgain(session, TIMES);
        expect(differing, `${text}\n${JSON.stringify(differing, null, 1)}`).toEqual([]);
      },
    );
  }
});
