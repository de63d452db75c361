import type { FakeProgram } from "../fake-terminal.js";

/** One program twice: as a shell script for a real terminal, as a function for the fake one. */
export interface SuiteProgram {
  argv: readonly [string, ...string[]];
  fake: FakeProgram;
}

const RAW = { canonical: false, echo: false };

function script(text: string): readonly [string, ...string[]] {
  return ["sh", "-c", text];
}

/** Number of lines that `counts` prints: enough to fill a terminal several times. */
const COUNTED_LINES = 60_000;

/** The output of `counts`, as a terminal delivers it. */
export function countedOutput(): string {
  return Array.from({ length: COUNTED_LINES }, (_, index) => `${index + 1}\r\n`).join("");
}

/** Bytes that `floods` prints: more than any session reads ahead. */
export const FLOOD_BYTES = 24 * 1024 * 1024;

/** Prints numbered lines and ends at once. */
export const counts: SuiteProgram = {
  argv: script(`seq ${COUNTED_LINES}`),
  fake: (terminal) => terminal.write(countedOutput()),
};

export const floods: SuiteProgram = {
  argv: script(`head -c ${FLOOD_BYTES} /dev/zero`),
  async fake(terminal) {
    const block = new Uint8Array(65_536);
    for (let left = FLOOD_BYTES; left > 0; left -= block.length) await terminal.write(block);
  },
};

export const exitsWithSeven: SuiteProgram = {
  argv: script("exit 7"),
  fake: async (terminal) => terminal.exit(7),
};

export const waits: SuiteProgram = {
  argv: script("printf ready; exec sleep 600"),
  async fake(terminal) {
    await terminal.write("ready");
    for (;;) await terminal.read();
  },
};

/** Echoes its input in raw mode. */
export const echoes: SuiteProgram = {
  argv: script("stty raw -echo; printf ready; exec cat"),
  async fake(terminal) {
    terminal.setModes(RAW);
    await terminal.write("ready");
    for (;;) await terminal.write(await terminal.read());
  },
};

/** Like {@link echoes}, after asking for application cursor keys and bracketed pastes. */
export const asksForModes: SuiteProgram = {
  argv: script("stty raw -echo; printf '\\033[?1;2004hready'; exec cat"),
  async fake(terminal) {
    terminal.setModes(RAW);
    await terminal.write("\x1b[?1;2004hready");
    for (;;) await terminal.write(await terminal.read());
  },
};

/** Reads lines until the end of file. */
export const readsLines: SuiteProgram = {
  argv: script("printf ready; exec cat > /dev/null"),
  async fake(terminal) {
    await terminal.write("ready");
    while (!(await terminal.read()).includes(0x04));
  },
};

/** Turns echo off, reads a line, turns it on again. */
export const asksForPassword: SuiteProgram = {
  argv: script("stty -echo; printf ready; read -r line; stty echo; printf done"),
  async fake(terminal) {
    terminal.setModes({ canonical: true, echo: false });
    await terminal.write("ready");
    await terminal.read();
    terminal.setModes({ canonical: true, echo: true });
    await terminal.write("done");
  },
};

/** Never reads in raw mode. */
export const neverReads: SuiteProgram = {
  argv: script("stty raw -echo; printf ready; exec sleep 600"),
  async fake(terminal) {
    terminal.setModes(RAW);
    await terminal.write("ready");
    await new Promise<void>(() => {});
  },
};

/** Prints its terminal's size whenever that changes. */
export const printsSize: SuiteProgram = {
  argv: script("trap 'stty size' WINCH; printf ready; while :; do sleep 0.02; done"),
  async fake(terminal) {
    terminal.onSignal("SIGWINCH", () => {
      void terminal.write(`${terminal.size.rows} ${terminal.size.cols}\r\n`);
    });
    await terminal.write("ready");
    for (;;) await terminal.read();
  },
};

export const ignoresHangup: SuiteProgram = {
  argv: script("trap '' HUP; printf ready; while :; do sleep 1; done"),
  async fake(terminal) {
    terminal.onSignal("SIGHUP", () => {});
    await terminal.write("ready");
    for (;;) await terminal.read();
  },
};

/** Ends while a background job keeps the terminal and writes `late` a little later. */
export const leavesJob: SuiteProgram = {
  argv: script("trap '' HUP; printf early; (sleep 0.2; printf late; sleep 600) &"),
  async fake(terminal) {
    await terminal.write("early");
    terminal.fork(async (job) => {
      job.onSignal("SIGHUP", () => {});
      await job.sleep(200);
      await job.write("late");
      await job.sleep(600_000);
    });
  },
};
