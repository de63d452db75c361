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

interface Draft extends RecordedScript {
  screens: Screens;
  normalise: (text: string) => string;
  /** The screen at the last wait, and the events since then. */
  last: { shown: ShownRows; typed: string; isPrinted: boolean; wasWithheld: boolean };
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
    last: { shown: { rows: [], cursorRow: -1 }, typed: "", isPrinted: false, wasWithheld: false },
  };
  const marks = new Map((await readMarks(cassette)).map(({ seq, label }) => [seq, label]));
  try {
    for await (const event of cassette.events({ kinds: ["input", "output", "service-event"] })) {
      const { seq, kind, record } = event;
      const mark = marks.get(seq);
      if (kind === "output") draft.last.isPrinted = true;
      else if (mark !== undefined) {
        await addWait(draft, seq);
        draft.steps.push({ mark });
      } else if (kind === "input" && !record.answer) await addInput(draft, record);
    }
    return finish(draft, cassette);
  } finally {
    screens.close();
  }
}

/** Adds a wait for the output since the last one, unless that was only the echo of the input. */
async function addWait(draft: Draft, seq: number): Promise<void> {
  const { last, screens, normalise } = draft;
  if (!last.isPrinted) return;
  const { screen } = await screens.at({ seq: seq - 1 });
  const shown: ShownRows = { rows: screen.text, cursorRow: screen.cursor.Row };
  if (isOnlyEcho(last.shown, shown, last.typed)) return;
  const text = tellingRow(last.shown, shown, last.typed, normalise);
  draft.steps.push({ wait: text === null ? { settledMs: REST_MS } : literal(text) });
  if (text !== null) draft.texts.push(text);
  draft.last = { ...last, shown, typed: "", isPrinted: false };
}

async function addInput(draft: Draft, record: InputRecord): Promise<void> {
  const { wasWithheld } = draft.last;
  draft.last.wasWithheld = record.withheld === true;
  if (record.withheld && wasWithheld) return;
  await addWait(draft, record.seq);
  draft.last.wasWithheld = record.withheld === true;
  if (record.withheld) return addSecret(draft);
  draft.last.typed += echoOf(Buffer.from(record.bytes ?? []).toString());
  const steps = typedSteps(record);
  if (steps === null) draft.lost++;
  // A withheld line includes its Enter.
  else if (!(wasWithheld && steps.length === 1 && steps[0]?.type === "\r")) joinSteps(draft.steps, steps);
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
