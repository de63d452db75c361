import type { PtyExit } from "@cassette/format";
import type { FakeProgram, FakeTerminal } from "./fake-terminal.js";

/** A running fake program. */
export interface FakeProcess {
  readonly pid: number;
  readonly alive: boolean;
  readonly exited: Promise<PtyExit>;
  signal(name: NodeJS.Signals): void;
}

/** What a process may do with the device it runs on. */
export type FakeSystem = Omit<FakeTerminal, "onSignal" | "exit">;

/** Thrown into a program whose process is gone. */
class Killed extends Error {}

/** Signals that do nothing unless caught. */
const HARMLESS: readonly NodeJS.Signals[] = ["SIGWINCH", "SIGCONT", "SIGCHLD", "SIGURG"];

/** Runs a program until it returns or is killed. */
export function runFakeProcess(pid: number, program: FakeProgram, system: FakeSystem): FakeProcess {
  const reactions = new Map<NodeJS.Signals, () => void>();
  let exit: PtyExit | undefined;
  let settle: (exit: PtyExit) => void = () => {};
  let kill: (reason: Killed) => void = () => {};
  const exited = new Promise<PtyExit>((resolve) => {
    settle = resolve;
  });
  const killed = new Promise<never>((_, reject) => {
    kill = reject;
  });
  killed.catch(() => {});

  function end(how: PtyExit): void {
    if (exit !== undefined) return;
    exit = how;
    kill(new Killed());
    settle(how);
  }

  /** A dead process does nothing more, whatever it was waiting for. */
  async function whileAlive<T>(act: () => Promise<T>): Promise<T> {
    check();
    const result = await Promise.race([act(), killed]);
    check();
    return result;
  }

  function check(): void {
    if (exit !== undefined) throw new Killed();
  }

  const terminal: FakeTerminal = {
    argv: system.argv,
    env: system.env,
    get size() {
      return system.size;
    },
    write: (output) => whileAlive(() => system.write(output)),
    read: () => whileAlive(() => system.read()),
    sleep: (ms) => whileAlive(() => system.sleep(ms)),
    setModes(modes) {
      check();
      system.setModes(modes);
    },
    onSignal(name, react) {
      check();
      reactions.set(name, react);
    },
    exit(code) {
      end({ code, signal: null });
      throw new Killed();
    },
    fork(child) {
      check();
      system.fork(child);
    },
  };

  void Promise.resolve()
    .then(() => program(terminal))
    .then(
      () => end({ code: 0, signal: null }),
      () => end({ code: 1, signal: null }),
    );

  return {
    pid,
    get alive() {
      return exit === undefined;
    },
    exited,
    signal(name) {
      const react = name === "SIGKILL" ? undefined : reactions.get(name);
      if (react !== undefined) react();
      else if (!HARMLESS.includes(name)) end({ code: null, signal: name });
    },
  };
}
