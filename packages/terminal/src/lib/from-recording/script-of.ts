import { type Cassette, readMarks } from "@cassette/core/reader";
import type { InputRecord, TerminalSize } from "@cassette/format";
import type { Screens } from "@cassette/frames";
import { createScrubber } from "@cassette/scrub";
import { screensOf } from "../screens/screens-of.js";
import { echoOf } from "../terminal/echoes.js";
import { isOnlyEcho, type ShownRows, tellingRow } from "./telling-row.js";
import { joinSteps, typedSteps, type WrittenStep } from "./typed-steps.js";

/** A script that records a recording again. */
export interface RecordedScript {
  size: TerminalSize;
  steps: WrittenStep[];
  /** Variables for the withheld input, in order. */
  secrets: string[];
  /** Texts that the steps wait for, in order. */
  texts: string[];
  /** Inputs that no step can send: bytes that are not text, or masked ones. */
  lost: number;
  /** What happens after the last step; absent if the program ended by itself. */
  atEnd?: "kill";
}

/** How long the screen has to settle if no row identifies it. */
const REST_MS = 300;
/**
 * The rest after a row that has come: it may be drawn before others, on a busy machine long before. It is waited for where the recording
 * had one of twice its length; where it had none, as under a spinner, there would be none to come.
 */
const SETTLE_MS = 150;

/** A program that prints nothing before it is ready gives nothing to wait for: it gets the time that it had, within these limits. */
const SILENT_START_MS = { least: 500, most: 3_000 };

interface Draft extends RecordedScript {
  screens: Screens;
  normalise: (text: string) => string;
  /** The screen at the last wait, and the events since then. */
  last: {
    shown: ShownRows;
    typed: string;
    isPrinted: boolean;
    /** When something was printed last. */
    printedAt: number;
    wasWithheld: boolean;
  };
}

/** Makes a script of a recording: before each burst of input it waits for the screen that preceded it. */
export async function scriptOf(cassette: Cassette): Promise<RecordedScript> {
  const { initial_rows: rows, initial_cols: cols } = cassette.manifest.terminal;
  const screens = screensOf(cassette);
  const draft: Draft = {
    size: { rows, cols },
    steps: [],
    secrets: [],
    texts: [],
    lost: 0,
    screens,
    normalise: createScrubber().normalise,
    last: {
      shown: { rows: [], cursorRow: -1 },
      typed: "",
      isPrinted: false,
      printedAt: 0,
      wasWithheld: false,
    },
  };
  const marks = new Map((await readMarks(cassette)).map(({ seq, label }) => [seq, label]));
  try {
    for await (const event of cassette.events({ kinds: ["input", "output", "service-event"] })) {
      const { seq, t_ms, kind, record } = event;
      const mark = marks.get(seq);
      if (kind === "output") Object.assign(draft.last, { isPrinted: true, printedAt: t_ms });
      else if (mark !== undefined) {
        await addWait(draft, { seq, t_ms });
        draft.steps.push({ mark });
      } else if (kind === "input" && !record.answer) await addInput(draft, record);
    }
    return finish(draft, cassette);
  } finally {
    screens.close();
  }
}

/** Adds a wait for the output since the last one, unless that was only the echo of the input. */
async function addWait(draft: Draft, { seq, t_ms }: { seq: number; t_ms: number }): Promise<void> {
  const { last, screens, normalise } = draft;
  if (!last.isPrinted) return;
  const { screen } = await screens.at({ seq: seq - 1 });
  const shown: ShownRows = { rows: screen.text, cursorRow: screen.cursor.Row };
  if (isOnlyEcho(last.shown, shown, last.typed)) return;
  const text = tellingRow(last.shown, shown, last.typed, normalise);
  draft.steps.push({ wait: text === null ? { settledMs: REST_MS } : literal(text) });
  if (text !== null) draft.texts.push(text);
  if (text !== null && t_ms - last.printedAt >= 2 * SETTLE_MS)
    draft.steps.push({ wait: { settledMs: SETTLE_MS } });
  draft.last = { ...last, shown, typed: "", isPrinted: false };
}

async function addInput(draft: Draft, record: InputRecord): Promise<void> {
  const { wasWithheld } = draft.last;
  draft.last.wasWithheld = record.withheld === true;
  // What is printed in between is another prompt.
  if (record.withheld && wasWithheld && !draft.last.isPrinted) return;
  const hasPrinted = draft.last.isPrinted;
  await addWait(draft, record);
  if (draft.steps.length === 0 && record.t_ms > 100) waitForSilentStart(draft, record, hasPrinted);
  draft.last.wasWithheld = record.withheld === true;
  if (record.withheld) addSecret(draft);
  else addTyped(draft, record, wasWithheld);
}

/** @param wasWithheld of the input before. */
function addTyped(draft: Draft, record: InputRecord, wasWithheld: boolean): void {
  draft.last.typed += echoOf(Buffer.from(record.bytes ?? []).toString());
  const steps = typedSteps(record);
  if (steps === null) draft.lost++;
  // A withheld line includes its Enter.
  else if (!(wasWithheld && steps.length === 1 && steps[0]?.type === "\r")) joinSteps(draft.steps, steps);
}

/** Nothing can be seen before the first input; the program may have set modes, which a rest follows. */
function waitForSilentStart({ steps }: Draft, { t_ms }: InputRecord, hasPrinted: boolean): void {
  const { least, most } = SILENT_START_MS;
  if (hasPrinted) steps.push({ wait: { settledMs: REST_MS } });
  else steps.push({ sleep: `${Math.min(most, Math.max(least, Math.ceil(t_ms)))}ms` });
}

function addSecret({ secrets, steps }: Draft): void {
  const name = secrets.length === 0 ? "PASSWORD" : `PASSWORD_${secrets.length + 1}`;
  secrets.push(name);
  steps.push({ secret: name }, { type: "\r" });
}

/** A wait reads a text between slashes as a regular expression. */
function literal(text: string): string {
  return /^\/.+\/[imsu]*$/s.test(text) ? `/${text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&")}/` : text;
}

function finish(draft: Draft, { final }: Cassette): RecordedScript {
  const { size, steps, secrets, texts, lost } = draft;
  const wasEnded = final.exit === undefined || final.metadata?.interrupted === true;
  // A recorder that is interrupted hangs the terminal up.
  if (wasEnded && steps.at(-1)?.hangup === null) steps.pop();
  if (!wasEnded) steps.push({ wait: { ended: true } });
  return { size, steps, secrets, texts, lost, ...(wasEnded && { atEnd: "kill" as const }) };
}
