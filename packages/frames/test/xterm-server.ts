import { type ChildProcess, spawn } from "node:child_process";
import { accessSync, constants, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { TerminalSize } from "@cassette/format";

/** What xterm shows. */
export interface XtermScreen {
  /** One string a row, trailing U+0020 trimmed, composed (NFC): xterm composes letters and marks itself. */
  text: string[];
  cursor: { Row: number; Col: number };
}

/** An xterm of one size, on a display without a screen, which shows one stream of output after another. */
export interface XtermServer {
  /** The screen after a reset and these bytes. */
  show(bytes: Uint8Array): Promise<XtermScreen>;
  close(): void;
}

const LONGEST_WAIT_MS = 15_000;
const FIRST_DISPLAY = 200;
const DISPLAYS = 400;
/** The ends of lines, and what xterm prints for the second half of a wide character. */
const NO_TEXT = /[\r\n\uffff]/g;

/** Whether this machine has xterm, and a display without a screen to run it on. */
export const hasXterm = ["xterm", "Xvfb"].every((name) =>
  (process.env.PATH ?? "").split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, name), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  }),
);

/** Starts an xterm, whose terminal is then written to directly; what it shows is read from what it prints. */
export async function startXtermServer({ rows, cols }: TerminalSize): Promise<XtermServer> {
  const folder = mkdtempSync(join(tmpdir(), "xterm-server-"));
  const printed = join(folder, "screen");
  writeFileSync(
    join(folder, "program"),
    `stty raw -echo min 0 time 20; tty > ${folder}/tty; exec sleep 100000`,
  );
  const { display, server } = await startDisplay();
  const options = ["-geometry", `${cols}x${rows}`, ...resources(printed)];
  const xterm = spawn("xterm", [...options, "-e", "sh", join(folder, "program")], {
    env: { PATH: process.env.PATH, HOME: folder, LC_ALL: "C.UTF-8", DISPLAY: `:${display}` },
    stdio: "ignore",
  });
  const path = await waitFor(() =>
    existsSync(join(folder, "tty")) ? readFileSync(join(folder, "tty"), "utf8") : "",
  );
  const terminal = await open(path.trim(), "r+");

  /** What the rows between two print as, without line feeds: a row that continues has none, even if it is not full. */
  async function print(top: number, bottom: number): Promise<string> {
    rmSync(printed, { force: true });
    await ask(terminal, `\x1b[${top};${bottom}r\x1b[i\x1b[5n`, /\x1b\[0n/);
    await waitFor(() => existsSync(printed));
    return readFileSync(printed, "utf8").replace(NO_TEXT, "");
  }

  /** Each row is what a print of one row more adds. */
  async function readRows(): Promise<string[]> {
    const others = await print(2, rows);
    const all = await print(1, rows);
    let before = all.slice(0, all.length - others.length);
    const text = [before];
    for (let row = 2; row <= rows; row++) {
      const more = row === rows ? all : await print(1, row);
      text.push(more.slice(before.length));
      before = more;
    }
    return text.map((row) => row.replace(/ +$/, "").normalize("NFC"));
  }

  return {
    async show(bytes) {
      await terminal.write("\x1bc");
      await terminal.write(bytes);
      const [row = 0, col = 0] = await ask(terminal, "\x1b[6n", /\x1b\[(\d+);(\d+)R/);
      return { text: await readRows(), cursor: { Row: row - 1, Col: col - 1 } };
    },
    close() {
      void terminal.close();
      xterm.kill();
      server.kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A display number that no other process uses, chosen at random. */
async function startDisplay(): Promise<{ display: number; server: ChildProcess }> {
  for (let attempt = 0; attempt < 20; attempt++) {
    const display = FIRST_DISPLAY + Math.floor(Math.random() * DISPLAYS);
    const socket = `/tmp/.X11-unix/X${display}`;
    if (existsSync(socket)) continue;
    const server = spawn("Xvfb", [`:${display}`, "-nolisten", "tcp"], { stdio: "ignore" });
    await waitFor(() => existsSync(socket) || server.exitCode !== null);
    if (server.exitCode === null) return { display, server };
  }
  throw new Error("No display is free.");
}

/** What xterm needs to print its screen into a file, which appears only once it is whole. */
function resources(printed: string): string[] {
  return [
    `printerCommand: cat > ${printed}.part; mv ${printed}.part ${printed}`,
    "printAttributes: 0",
    "printerAutoClose: true",
    "printerFormFeed: false",
    "printerNewLine: false",
    "utf8: 2",
  ].flatMap((resource) => ["-xrm", `*vt100*${resource}`]);
}

/** Writes a query and reads until its answer has arrived. @returns the numbers in it. */
async function ask(terminal: FileHandle, query: string, answer: RegExp): Promise<number[]> {
  await terminal.write(query);
  const buffer = Buffer.alloc(4_096);
  for (let read = ""; ; ) {
    const { bytesRead } = await terminal.read(buffer);
    if (bytesRead === 0) throw new Error("xterm did not answer.");
    read += buffer.toString("latin1", 0, bytesRead);
    const [found, ...numbers] = answer.exec(read) ?? [];
    if (found !== undefined) return numbers.map(Number);
  }
}

async function waitFor<T>(look: () => T): Promise<T> {
  for (const start = Date.now(); Date.now() - start < LONGEST_WAIT_MS; await sleep(1)) {
    const seen = look();
    if (seen) return seen;
  }
  throw new Error("xterm did not answer.");
}
