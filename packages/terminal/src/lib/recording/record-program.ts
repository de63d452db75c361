import {
  type EmulatorIdentity,
  firstError,
  isCassetteError,
  type PtyEvent,
  type PtyExit,
  type PtySession,
} from "@cassette/format";
import type { TrailingEmulator } from "@cassette/frames";
import { createEmulator } from "../parts/parts.js";
import { createTerminal } from "../terminal/create-terminal.js";
import { type Display, follow } from "../terminal/display.js";
import { SYSTEM_TIME } from "../terminal/open-terminal.js";
import { createProgress, noteEnd, type Progress } from "../terminal/progress.js";
import type { Terminal } from "../terminal/terminal.js";
import type { Attachment, LiveRecording } from "./attachment.js";
import { type CursorCheck, createCursorCheck } from "./cursor-check.js";
import type { RecordHooks, RecordingOutcome, RecordOptions } from "./options.js";
import { prepareRecording, type RecordingPlan } from "./prepare-recording.js";
import { drawRecorded } from "./recorded-output.js";
import { runInput } from "./run-input.js";
import { createSessionRecorder, type SessionRecorder } from "./session-recorder.js";

/**
 * Records a program, with or without a user at its terminal, and seals the cassette.
 * @throws CassetteError of the driver, the recorder or the input; then no cassette was made, and what was recorded is kept in a spool
 * that `cassette recover` and `recoverCassette` of `@cassette/core` read.
 */
export async function recordProgram(options: RecordOptions & RecordHooks): Promise<RecordingOutcome> {
  return recordPlanned(await prepareRecording(options), options);
}

/** Records a prepared plan. Throws as {@link recordProgram} does. */
export async function recordPlanned(plan: RecordingPlan, hooks: RecordHooks = {}): Promise<RecordingOutcome> {
  using recording = await createSessionRecorder(plan, hooks.approve);
  const { recorder } = recording;
  try {
    const ending = await recordSession(recording, plan, hooks);
    const { onProgress } = hooks;
    const sealed = await recording.seal({ interrupted: ending.interrupted, onProgress });
    return { ...ending, ...sealed, unmasked: plan.unmasked };
  } catch (thrown) {
    const error = firstError(thrown);
    const keepSpool = recorder.recordCount > 0 && !(await hooks.isDispensable?.(error));
    // On a full disk this fails too; the first error is the one to report.
    await recorder.abort({ keepSpool }).catch(() => {});
    if (keepSpool) hooks.onKept?.(recorder.spool);
    throw error;
  }
}

/** How a session came to its end. */
interface Ending {
  exit: PtyExit;
  bytes: number;
  interrupted: boolean;
}

/** A session in progress. */
interface Running {
  session: PtySession;
  recording: SessionRecorder;
  attachment: Attachment;
  display: Display;
  progress: Progress;
  terminal: Terminal;
  interrupt: AbortSignal;
}

/** Starts the program and records its session to the end. */
async function recordSession(
  recording: SessionRecorder,
  plan: RecordingPlan,
  hooks: RecordHooks,
): Promise<Ending & Pick<RecordingOutcome, "cursorDifferences">> {
  const { argv, cwd, env, size, timeoutMs, driver, clock } = plan;
  await using session = await driver.start({ argv, cwd, env, ...size, timeoutMs, clock });
  using _ = killedAtExit(session);
  hooks.onStarted?.();
  const stop = new AbortController();
  const attachment =
    hooks.attach?.(liveRecording(session, recording, plan.emulator, () => stop.abort())) ?? {};
  const cursorCheck = createCursorCheck();
  const display = displayOf(recording.emulator, attachment, cursorCheck);
  const progress = createProgress(clock);
  await using terminal = createTerminal({
    session,
    progress,
    screen: display.screen,
    mark: recording.mark,
    sleep: SYSTEM_TIME.sleep,
    close: async () => {},
  });
  const interrupt = AbortSignal.any([stop.signal, ...(hooks.signal ? [hooks.signal] : [])]);
  const running: Running = { session, recording, attachment, display, progress, terminal, interrupt };
  const over = new AbortController();
  const beside = Promise.resolve(attachment.run?.(over.signal));
  // Awaited only after the program has ended, so that its output up to then is recorded in any case.
  beside.catch(() => {});
  const ending = await runSession(running, plan, hooks).finally(() => over.abort());
  await beside;
  return { ...ending, cursorDifferences: cursorCheck.differences };
}

function liveRecording(
  session: PtySession,
  { mark, serviceEvent, output }: SessionRecorder,
  like: EmulatorIdentity,
  interrupt: () => void,
): LiveRecording {
  return {
    session,
    mark,
    serviceEvent,
    interrupt,
    async draw(bytes, size) {
      const emulator = createEmulator(size, like);
      return await drawRecorded(emulator, output, bytes).finally(emulator.close);
    },
  };
}

/** The recording's own emulator. Its replies are dropped if a real terminal has replied. */
function displayOf(
  emulator: TrailingEmulator,
  { answers = false }: Attachment,
  cursorCheck: CursorCheck,
): Display {
  return {
    async show(event) {
      if (event.kind === "input" && event.origin === "answer") cursorCheck.answered(event.bytes);
      if (event.kind === "output") await emulator.feed(event.bytes);
      if (event.kind === "resize") emulator.resize(event.size);
    },
    takeReplies() {
      const replies = emulator.takeReplies();
      if (!answers) return replies;
      replies.forEach(cursorCheck.drawn);
      return [];
    },
    screen: emulator.snapshot,
    close: emulator.close,
  };
}

/** Records until the stream ends, while input is sent. */
async function runSession(running: Running, plan: RecordingPlan, hooks: RecordHooks): Promise<Ending> {
  const { session, terminal, interrupt } = running;
  const stop = new AbortController();
  const ended = pumpEvents(running);
  // A recording that fails ends the input; its own error is the one that is reported.
  ended.catch(() => stop.abort());
  const onInterrupt = () => {
    stop.abort();
    void session.kill();
  };
  interrupt.addEventListener("abort", onInterrupt, { once: true });
  try {
    if (interrupt.aborted) onInterrupt();
    if (plan.input) await runInput(plan.input, terminal, ended, stop.signal);
    return { ...(await ended), interrupted: interrupt.aborted };
  } catch (error) {
    if (isInputFailure(error)) await reportScreen(running, plan, hooks);
    await session.kill();
    const ending = await ended;
    if (interrupt.aborted) return { ...ending, interrupted: true };
    throw error;
  } finally {
    interrupt.removeEventListener("abort", onInterrupt);
  }
}

/** Records every event, and displays the output. */
async function pumpEvents(running: Running): Promise<Omit<Ending, "interrupted">> {
  const { session, recording, attachment, progress } = running;
  let exit: PtyExit | undefined;
  let bytes = 0;
  try {
    for await (const event of recording.events(session)) {
      await showAttached(attachment, event);
      await follow(event, running);
      if (event.kind === "exit") exit = event.exit;
      if (event.kind === "end") bytes = event.totalBytes;
    }
  } finally {
    noteEnd(progress);
    await attachment.close?.();
  }
  return { exit: exit ?? (await session.wait()), bytes };
}

async function showAttached(attachment: Attachment, event: PtyEvent): Promise<void> {
  if (event.kind === "output") await attachment.show?.(event.bytes);
  if (event.kind === "resize") attachment.resized?.(event.size);
}

/** The input failed, not the recording: its screen may show why. */
function isInputFailure(error: unknown): boolean {
  return (
    isCassetteError(error, "CASSETTE_WAIT_FAILED") || isCassetteError(error, "CASSETTE_PROGRAM_STILL_RUNNING")
  );
}

/** Passes the scrubbed rows of the screen on. One that cannot be drawn is not shown. */
async function reportScreen(
  { display, recording }: Running,
  { seal }: RecordingPlan,
  { onFailedInput }: RecordHooks,
): Promise<void> {
  const screen = onFailedInput && (await display.screen().catch(() => null));
  if (!screen) return;
  const text = screen.text.join("\n");
  const scrubbed = seal(recording.secrets).redactor?.scrubText(text).text ?? text;
  onFailedInput(scrubbed.split("\n"));
}

/** Kills the program when this process ends at once, as after a second signal: it must not outlive this process. */
function killedAtExit({ pid }: PtySession): Disposable {
  const kill = () => {
    try {
      process.kill(-pid, "SIGKILL");
    } catch {
      // It has ended.
    }
  };
  process.once("exit", kill);
  return { [Symbol.dispose]: () => void process.off("exit", kill) };
}
