import type {
  Emulator,
  EmulatorFactory,
  InputRecord,
  KnownModes,
  OutputRecord,
  PtyEvent,
} from "@cassette/format";
import { heldRecord } from "../passwords/held-input.js";
import { createInputWatch, type InputWatch } from "../passwords/input-watch.js";
import { readTypedKeys } from "../passwords/typed-keys.js";
import type { Cassette } from "../reader/cassette.js";

/** The passwords in the input of a recording. */
export interface JudgedInputs {
  /** Records to withhold, as they are to be recorded, by `seq`. */
  withheld: ReadonlyMap<number, InputRecord>;
  /** Those among them that can be searched for. */
  secrets: readonly string[];
}

/** What judging is done with. */
export interface JudgeOptions {
  createEmulator: EmulatorFactory;
  /** Whether a text is so long and random that it can be searched for. */
  isDistinct: (text: string) => boolean;
  signal?: AbortSignal;
}

/** A recording does not hold the terminal's modes. What the terminal itself echoes is seen in the output. */
const ASSUMED_MODES: KnownModes = { canonical: false, echo: false };
const NONE: JudgedInputs = { withheld: new Map(), secrets: [] };

/**
 * Replays a recording to the watch that withholds passwords while a program is recorded. Nothing is drawn after the last key that is kept,
 * and nothing at all where none is.
 * @throws `signal.reason` when aborted.
 */
export async function judgeInputs(source: Cassette, options: JudgeOptions): Promise<JudgedInputs> {
  const last = await lastTyped(source);
  if (last === null) return NONE;
  const { initial_rows: rows, initial_cols: cols } = source.manifest.terminal;
  const emulator = options.createEmulator({ rows, cols });
  const withheld = new Map<number, InputRecord>();
  const watch = createReplayWatch(emulator, withheld, options);
  try {
    await replayTo(watch, emulator, { source, last, signal: options.signal });
  } finally {
    emulator.close();
  }
  return { withheld, secrets: watch.secrets };
}

/** The `seq` of the last input with a printable key; null if there is none. */
async function lastTyped(source: Cassette): Promise<number | null> {
  let last: number | null = null;
  for await (const record of source.inputs()) {
    if (isTyped(record) && readTypedKeys(record.bytes).text !== "") last = record.seq;
  }
  return last;
}

function isTyped(record: InputRecord): record is InputRecord & { bytes: Uint8Array } {
  return record.kind === "input" && record.bytes !== undefined && !record.answer && !record.withheld;
}

function createReplayWatch(
  emulator: Emulator,
  withheld: Map<number, InputRecord>,
  { isDistinct }: JudgeOptions,
): InputWatch {
  return createInputWatch({
    snapshot: async () => emulator.snapshot(),
    isDistinct,
    recorder: {
      recordSessionEvent: () => null,
      holdInput: (event) => ({
        settle(outcome) {
          const { seq, t_ms } = event as PtyEvent;
          if (outcome !== "typed")
            withheld.set(seq, { seq, t_ms, kind: "input", ...heldRecord(event, outcome) });
        },
      }),
      overwrite: async () => {},
    },
  });
}

/** How far to replay what. */
interface Replayed {
  source: Cassette;
  /** The last input to judge, by its `seq`. What comes after it is its answer, as far as that is undecided. */
  last: number;
  signal?: AbortSignal;
}

async function replayTo(
  watch: InputWatch,
  emulator: Emulator,
  { source, last, signal }: Replayed,
): Promise<void> {
  for await (const recorded of source.events()) {
    signal?.throwIfAborted();
    const { seq, t_ms } = recorded.record;
    if (seq > last && !watch.isUndecided) return;
    if (recorded.kind === "output") await replayOutput(watch, emulator, recorded.record, source);
    else if (recorded.kind === "input") await replayInput(watch, emulator, recorded.record);
    else if (recorded.kind === "final")
      await watch.record({ kind: "exit", seq, t_ms, exit: { code: 0, signal: null } });
  }
}

async function replayOutput(
  watch: InputWatch,
  emulator: Emulator,
  record: OutputRecord,
  source: Cassette,
): Promise<void> {
  const { seq, t_ms, offset } = record;
  const event = { kind: "output" as const, seq, t_ms, offset, bytes: await source.bytes(record) };
  await watch.record(event);
  await emulator.feed(event.bytes);
  emulator.takeReplies();
  await watch.shown(event);
}

async function replayInput(watch: InputWatch, emulator: Emulator, record: InputRecord): Promise<void> {
  const { seq, t_ms, kind, size } = record;
  if (kind === "resize" && size) emulator.resize({ rows: size.Rows, cols: size.Cols });
  if (!isTyped(record)) return;
  const { bytes } = record;
  await watch.record({ kind: "input", seq, t_ms, bytes, origin: "typed", modes: ASSUMED_MODES });
}
