import type {
  Emulator,
  FinalRecord,
  OutputRecord,
  PtyEvent,
  PtyExit,
  SampledEvent,
  TerminalSize,
} from "@cassette/format";
import { jsonText } from "@cassette/format/schema";
import { wireExit } from "@cassette/format/session";
import { createSampler, type Sampler } from "@cassette/frames";
import type { Evidence, EvidenceEvent, FrameWithoutCells } from "../evidence/evidence.js";
import { screensOf } from "../evidence/screens.js";

/** Keeps the events of a session as evidence. */
export interface SessionLog {
  /** Adds an event and feeds the emulator; await it before the next. */
  note(event: PtyEvent): Promise<void>;
  /** Adds a mark, after all earlier events. */
  mark(label: string): Promise<void>;
  /** The evidence so far, including the current screen. */
  evidence(): Evidence;
}

/** Makes a log; only the log may feed the emulator. */
export function createSessionLog(emulator: Emulator, size: TerminalSize, label: string): SessionLog {
  const session: Session = {
    emulator,
    size,
    label,
    sampler: createSampler({ emulator }),
    events: [],
    chunks: new Map(),
    observed: 0,
    exit: undefined,
    final: null,
  };
  let turn = Promise.resolve();
  const inTurn = (action: () => Promise<void>): Promise<void> => {
    turn = turn.then(action);
    return turn;
  };
  return {
    note: (event) => inTurn(() => addEvent(session, event)),
    mark: (text) => inTurn(() => addMark(session, text)),
    evidence: () => evidenceOf(session),
  };
}

/** A session so far. */
interface Session {
  readonly emulator: Emulator;
  readonly size: TerminalSize;
  readonly label: string;
  readonly sampler: Sampler;
  readonly events: EvidenceEvent[];
  readonly chunks: Map<OutputRecord, Uint8Array>;
  /** Events that the sampler has received. */
  observed: number;
  exit: PtyExit | undefined;
  final: FinalRecord | null;
}

async function addEvent(session: Session, event: PtyEvent): Promise<void> {
  const t_ms = Math.floor(event.t_ms);
  await commit(session, observedOf(event, t_ms), () => addRecord(session, event, t_ms));
}

async function addMark(session: Session, label: string): Promise<void> {
  const t_ms = session.events.at(-1)?.t_ms ?? 0;
  await commit(session, { kind: "mark", t_ms }, () => {
    const payload = jsonText(JSON.stringify({ type: "cassette.mark", label }));
    const place = placeAt(session, t_ms);
    session.events.push({ ...place, kind: "service-event", record: { ...place, payload } });
  });
}

/** Frames that precede the event, the event itself, frames that follow it: the order of a recorder. */
async function commit(session: Session, event: Observed | null, add: () => void): Promise<void> {
  if (!event) return add();
  const seq = ++session.observed;
  const frames = await session.sampler.observe({ ...event, seq } as SampledEvent);
  for (const { afterSeq, frame } of frames) if (afterSeq !== seq) addFrame(session, frame);
  add();
  for (const { afterSeq, frame } of frames) if (afterSeq === seq) addFrame(session, frame);
}

function addFrame(session: Session, frame: Omit<FrameWithoutCells, "seq">): void {
  const place = placeAt(session, frame.t_ms);
  session.events.push({ ...place, kind: "frame", record: { ...frame, ...place } });
}

function addRecord(session: Session, event: PtyEvent, t_ms: number): void {
  const { events, chunks, emulator } = session;
  const place = placeAt(session, t_ms);
  if (event.kind === "output") {
    const record = { ...place, offset: event.offset, length: event.bytes.length, sha256: "" };
    chunks.set(record, event.bytes);
    events.push({ ...place, kind: "output", record });
  } else if (event.kind === "exit") session.exit = event.exit;
  else if (event.kind === "end") {
    session.final = finalRecord(place, session.exit, emulator.snapshot().text);
    events.push({ ...place, kind: "final", record: session.final });
  } else events.push({ ...place, kind: "input", record: { ...place, ...inputOf(event) } });
}

/** Place of the next event; time never goes back. */
function placeAt({ events }: Session, t_ms: number): { seq: number; t_ms: number } {
  return { seq: events.length + 1, t_ms: Math.max(t_ms, events.at(-1)?.t_ms ?? 0) };
}

function evidenceOf(session: Session): Evidence {
  const { size, label, final, chunks } = session;
  const events = final
    ? [...session.events]
    : [...session.events, currentFrame(session.emulator, placeAt(session, 0))];
  const bytes = async (record: OutputRecord) => chunks.get(record) ?? new Uint8Array();
  const screenAt: Evidence["screenAt"] = async (seq) => {
    const screens = screensOf({ size, events, bytes });
    const { screen, afterSeq, t_ms } = await screens.at({ seq }, { cells: true });
    screens.close();
    return { screen, seq: afterSeq, t_ms };
  };
  return {
    label,
    commandFor: () => null,
    size,
    events,
    frames: events.flatMap((event) => (event.kind === "frame" ? [event.record] : [])),
    final,
    cells: async ({ seq }) => (await screenAt(seq)).screen.cells ?? [],
    bytes,
    screenAt,
  };
}

type Observed = SampledEvent extends infer Event
  ? Event extends SampledEvent
    ? Omit<Event, "seq">
    : never
  : never;

/** The sampler's view of an event; it does not need replies to the program's queries. */
function observedOf(event: PtyEvent, t_ms: number): Observed | null {
  if (event.kind === "output") return { kind: "output", t_ms, bytes: event.bytes };
  if (event.kind === "end") return { kind: "final", t_ms };
  if (event.kind === "input" && event.origin === "typed") return { kind: "input", t_ms };
  if (event.kind !== "resize") return null;
  return { kind: "resize", t_ms, size: { Rows: event.size.rows, Cols: event.size.cols } };
}

function inputOf(event: PtyEvent & { kind: "input" | "resize" | "signal" }) {
  const { kind } = event;
  if (kind === "resize") return { kind, size: { Rows: event.size.rows, Cols: event.size.cols } };
  if (kind === "signal") return { kind, signal: event.signal };
  return { kind, bytes: event.bytes, key: event.key, ...(event.origin === "answer" && { answer: true }) };
}

function finalRecord(
  place: { seq: number; t_ms: number },
  exit: PtyExit | undefined,
  rows: string[],
): FinalRecord {
  return {
    ...place,
    ...(exit && { exit: wireExit(exit) }),
    duration_ms: place.t_ms,
    metadata: exit?.timedOut ? { timed_out: true } : {},
    final_text: rows.join("\n").trimEnd(),
  };
}

/** The current screen: a sampler emits it only when something follows. */
function currentFrame(emulator: Emulator, place: { seq: number; t_ms: number }): EvidenceEvent {
  const { size, text, cursor, title } = emulator.snapshot();
  const record = { ...place, size, text, cursor, title, raw_start: 0, raw_end: 0, parser_offset: 0 };
  return { ...place, kind: "frame", record };
}
