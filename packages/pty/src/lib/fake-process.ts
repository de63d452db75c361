import type { PtyExit } from "@cassette/format";
import type { FakeProgram, FakeTerminal } from "./fake-terminal.js";

/** A running fake program. */
export interface FakeProcess {
  readonly pid: number;
  readonly alive: boolean;
  readonly exited: Promise<PtyExit>;
  signal(name: NodeJS.Signals): void;
}

/** The device that a process runs on. */
export type FakeSystem = Omit<FakeTerminal, "onSignal" | "exit">;

/** Thrown into a program whose process is gone. */
class Killed extends Error {}

/** Signals that do nothing unless caught. */
const HARMLESS: readonly NodeJS.Signals[] = ["SIGWINCH", "SIGCONT", "SIGCHLD", "SIGURG"];

/** A process's state. */
interface ProcessState {
  readonly reactions: Map<NodeJS.Signals, () => void>;
  /** How it ended, once it has. */
  exit: PtyExit | undefined;
  readonly exited: Promise<PtyExit>;
  /** Rejects when the process ends. */
  readonly killed: Promise<never>;
  /** Settles both. */
  readonly settle: (exit: PtyExit) => void;
}

/** Runs a program until it returns or is killed. */
export function runFakeProcess(pid: number, program: FakeProgram, system: FakeSystem): FakeProcess {
  const state = createState();
  const terminal = createTerminal(state, system);
  void Promise.resolve()
    .then(() => program(terminal))
    .then(
      () => end(state, { code: 0, signal: null }),
      () => end(state, { code: 1, signal: null }),
    );
  return {
    pid,
    get alive() {
      return state.exit === undefined;
    },
    exited: state.exited,
    signal(name) {
      const react = name === "SIGKILL" ? undefined : state.reactions.get(name);
      if (react !== undefined) react();
      else if (!HARMLESS.includes(name)) end(state, { code: null, signal: name });
    },
  };
}

function createState(): ProcessState {
  let resolveExited: (exit: PtyExit) => void = () => {};
  let rejectKilled: (reason: Killed) => void = () => {};
  const exited = new Promise<PtyExit>((resolve) => {
    resolveExited = resolve;
  });
  const killed = new Promise<never>((_, reject) => {
    rejectKilled = reject;
  });
  killed.catch(() => {});
  const settle = (exit: PtyExit) => {
    rejectKilled(new Killed());
    resolveExited(exit);
  };
  return { reactions: new Map(), exit: undefined, exited, killed, settle };
}

/** The program's view of its terminal; a dead process does nothing more. */
function createTerminal(state: ProcessState, system: FakeSystem): FakeTerminal {
  return {
    argv: system.argv,
    env: system.env,
    get size() {
      return system.size;
    },
    write: (output) => whileAlive(state, () => system.write(output)),
    read: () => whileAlive(state, () => system.read()),
    sleep: (ms) => whileAlive(state, () => system.sleep(ms)),
    setModes(modes) {
      demandAlive(state);
      system.setModes(modes);
    },
    onSignal(name, react) {
      demandAlive(state);
      state.reactions.set(name, react);
    },
    exit(code) {
      end(state, { code, signal: null });
      throw new Killed();
    },
    fork(child) {
      demandAlive(state);
      system.fork(child);
    },
  };
}

/** A dead process does nothing more, even if it was waiting. */
async function whileAlive<T>(state: ProcessState, act: () => Promise<T>): Promise<T> {
  demandAlive(state);
  const result = await Promise.race([act(), state.killed]);
  demandAlive(state);
  return result;
}

function demandAlive(state: ProcessState): void {
  if (state.exit !== undefined) throw new Killed();
}

function end(state: ProcessState, how: PtyExit): void {
  if (state.exit !== undefined) return;
  state.exit = how;
  state.settle(how);
}
