import { basename } from "node:path";
import {
  createInputWatch,
  createRecorder,
  type InputWatch,
  type Recorder,
  type SealOptions,
  scrubStatedFacts,
} from "@cassette/core";
import type { PtyDriver, PtyEvent, PtySession, PtyStartOptions } from "@cassette/format";
import {
  createProvenance,
  createTrailingEmulator,
  createXtermEmulator,
  deriveFrames,
  XTERM_IDENTITY,
} from "@cassette/frames";
import { createScrubber, isDistinctSecret } from "@cassette/scrub";

/**
 * Makes a driver whose sessions become a cassette: scrubbed, verified, and in place of an older one, once the program has ended by
 * itself. Of a session that is closed before, as by a test that fails, nothing is kept.
 * @param target path of the cassette to make.
 * @param driver runs the program.
 * @returns a driver; its sessions' events end with the CassetteError of the recorder when no cassette could be made.
 */
export function createRecordingDriver(target: string, driver: PtyDriver): PtyDriver {
  return {
    async start(options) {
      const session = await driver.start(options);
      const life: Life = { hasExited: false, isBroken: false };
      const events = () => recorded(session, target, options, life);
      const breakOff = <T>(action: () => Promise<T>) => {
        life.isBroken = !life.hasExited;
        return action();
      };
      return {
        ...session,
        events,
        async *output() {
          for await (const event of events()) if (event.kind === "output") yield event;
        },
        kill: () => breakOff(session.kill),
        close: () => breakOff(session.close),
        [Symbol.asyncDispose]: () => breakOff(session.close),
      };
    },
  };
}

/** How a session goes. */
interface Life {
  hasExited: boolean;
  /** It was ended from outside while the program ran. */
  isBroken: boolean;
}

/** Passes the events on, and makes a cassette of them before the last one. */
async function* recorded(
  session: PtySession,
  target: string,
  options: PtyStartOptions,
  life: Life,
): AsyncGenerator<PtyEvent, void> {
  let elapsed = 0;
  const started = Date.now();
  const { facts, found } = scrubStatedFacts({ manifest: await manifestOf(options) }, scrubberOf(options));
  const recorder = await createRecorder(target, {
    ...facts,
    clock: { now: () => started + elapsed, monotonic: () => elapsed },
    overwrite: true,
    integrity: true,
    gitAttributes: true,
  });
  const { rows, cols } = options;
  using emulator = createTrailingEmulator({ createEmulator: () => createXtermEmulator({ rows, cols }) });
  const watch = createInputWatch({
    recorder,
    // What is too costly to draw is not looked at.
    snapshot: () => emulator.snapshot().catch(() => null),
    isDistinct: isDistinctSecret,
  });
  try {
    for await (const event of session.events()) {
      elapsed = Math.max(elapsed, Math.floor(event.t_ms));
      if (event.kind === "exit") life.hasExited = true;
      await watch.record(event);
      await recorder.drain();
      if (event.kind === "output") await emulator.feed(event.bytes);
      emulator.takeReplies();
      if (event.kind === "resize") emulator.resize(event.size);
      await watch.shown(event);
      if (event.kind === "end" && life.hasExited && !life.isBroken)
        await finish(recorder, watch, options, found);
      yield event;
    }
  } finally {
    // Does nothing once there is a cassette.
    await recorder.abort();
  }
}

async function finish(
  recorder: Recorder,
  { secrets, typedAhead }: InputWatch,
  options: PtyStartOptions,
  found: SealOptions["found"],
): Promise<void> {
  recorder.recordFinal();
  await recorder.seal({
    redactor: scrubberOf(options, secrets),
    found,
    typedAhead,
    deriveFrames: ({ framePolicy: _, ...recording }) => deriveFrames(recording),
    emulator: XTERM_IDENTITY,
    createProvenance,
  });
}

function scrubberOf({ env = process.env }: PtyStartOptions, secrets: readonly string[] = []) {
  return createScrubber({ env, secrets, ...(env.HOME && { home: env.HOME }) });
}

async function manifestOf({ argv, cwd, env = process.env, rows, cols }: PtyStartOptions) {
  const { identifyProgram } = await import("@cassette/pty");
  const program = await identifyProgram({ argv, cwd, env });
  return {
    harness: { name: basename(argv[0]) },
    command: { argv: [...argv], workdir_policy: "inherited" },
    terminal: {
      initial_rows: rows,
      initial_cols: cols,
      emulator: XTERM_IDENTITY,
      ...(env.TERM && { term: env.TERM }),
    },
    ...(program && { optional: { cassette: { binary_sha256: program.sha256 } } }),
    timing: { resolution_ms: 1, clock_policy: "monotonic-elapsed", replay_default: "realtime" },
  };
}
