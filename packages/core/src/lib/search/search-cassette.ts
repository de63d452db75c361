import type { CassetteEvent, Emulator, EmulatorFactory, EventKind, InputRecord } from "@cassette/format";
import type { Cassette } from "../reader/cassette.js";
import { readLastResize } from "../reader/last-resize.js";
import { createPrintedText, type PrintedLine } from "./printed-text.js";
import { createScreenSearch, firstMatch, type ScreenMatch } from "./screen-search.js";
import { createOutputSkim, type PrintedPiece } from "./skim-output.js";
import { createTypedText } from "./typed-text.js";

/** Where a pattern can be found. */
export type SearchPlace = "screen" | "output" | "input" | "event";

/** A moment at which a pattern appears in a row or line; each counts once. */
export interface SearchMatch {
  place: SearchPlace;
  /** The record after which it appears. */
  seq: number;
  t_ms: number;
  /** From 1, on a screen; else null. */
  row: number | null;
  /** From 1, on a screen; else null. */
  column: number | null;
  /** The matching text, and its row, line or JSON text: untrusted, like the cassette. */
  match: string;
  text: string;
}

/** What to search for, and where. */
export interface SearchOptions {
  /** Matched against each row and line separately. It is trusted to terminate: run an untrusted one
   * in a worker that can be ended. */
  pattern: RegExp;
  /** Draws the screens; not needed unless screens are searched. */
  createEmulator: EmulatorFactory;
  /** Default: everywhere. With screens, printed text counts only where no screen showed it. */
  places?: readonly SearchPlace[];
  signal?: AbortSignal;
}

/**
 * Finds every moment at which a pattern appears, in order. A screen is what was visible when the recording's clock moved
 * on; text that was overwritten or scrolled away before is found in the output.
 * @throws `signal.reason` when aborted; whatever the emulator throws.
 */
export async function* searchCassette(
  cassette: Pick<Cassette, "manifest" | "events" | "bytes">,
  { pattern, createEmulator, places = ["screen", "output", "input", "event"], signal }: SearchOptions,
): AsyncGenerator<SearchMatch, void> {
  const first = firstMatch(pattern);
  const isDrawn = places.includes("screen");
  const { emulator, lastResize } = isDrawn ? await startDrawing(cassette, createEmulator) : NOT_DRAWN;
  const moment = createMoment({ emulator, pattern, printed: places.includes("output") });
  const typed = createTypedText();
  const inText = (place: SearchPlace, lines: readonly PrintedLine[]) => matchesIn(place, lines, first);
  try {
    for await (const event of cassette.events({ kinds: kindsFor(places) })) {
      signal?.throwIfAborted();
      if (event.t_ms !== moment.t_ms) yield* moment.end();
      moment.t_ms = event.t_ms;
      if (event.kind === "output") await moment.print(await cassette.bytes(event.record), event);
      else if (event.kind !== "input") yield* inText("event", [recordText(event)]);
      else {
        moment.input(event.record);
        if (event.seq === lastResize) emulator?.dropScrollback?.();
        if (places.includes("input")) yield* inText("input", typed.add(event.record));
      }
    }
    yield* moment.end();
    if (places.includes("output")) yield* moment.finish();
    yield* inText("input", typed.finish());
  } finally {
    emulator?.close();
  }
}

const NOT_DRAWN = { emulator: null, lastResize: 0 };

/** After the last resize no line above the screen is needed. */
async function startDrawing(
  cassette: Pick<Cassette, "manifest" | "events">,
  createEmulator: EmulatorFactory,
): Promise<{ emulator: Emulator; lastResize: number }> {
  const { initial_rows: rows, initial_cols: cols, emulator: named } = cassette.manifest.terminal;
  const emulator = createEmulator({ rows, cols }, named);
  const lastResize = await readLastResize(cassette);
  if (lastResize === 0) emulator.dropScrollback?.();
  return { emulator, lastResize };
}

function kindsFor(places: readonly SearchPlace[]): EventKind[] {
  const kinds: EventKind[] = [];
  if (places.includes("screen") || places.includes("output")) kinds.push("output");
  if (places.includes("screen") || places.includes("input")) kinds.push("input");
  if (places.includes("event")) kinds.push("service-event", "final");
  return kinds;
}

function recordText(event: CassetteEvent): PrintedLine {
  const { seq, t_ms, kind } = event;
  const text = kind === "service-event" ? event.record.payload.json : JSON.stringify(event.record);
  return { text, seq, t_ms };
}

interface MomentOptions {
  emulator: Emulator | null;
  pattern: RegExp;
  printed: boolean;
}

/** All events at one time of the recording: they have one screen. */
function createMoment({ emulator, pattern, printed }: MomentOptions) {
  const first = firstMatch(pattern);
  const search = createScreenSearch(pattern);
  const text = printed ? createPrintedText() : null;
  let lines: PrintedLine[] = [];
  let shownBefore: readonly ScreenMatch[] = [];
  const skim = createOutputSkim(pattern);
  let lastSeq = 0;
  let isChanged = false;
  /** Something may have appeared that was not on the last screen. */
  let isRead = false;

  function read({ bytes, seq, t_ms }: PrintedPiece): void {
    isRead = true;
    if (text) lines.push(...text.add(bytes, seq, t_ms).filter((line) => first(line.text) !== null));
  }

  /** Printed lines that no screen showed. */
  function unseen(candidates: readonly PrintedLine[]): SearchMatch[] {
    const shown = [...shownBefore, ...search.current];
    const isShown = (line: string) =>
      shown.some((row) => row.text.includes(line.trim()) || line.includes(row.text.trim()));
    return matchesIn("output", candidates, first).filter((match) => !isShown(match.text));
  }

  return {
    t_ms: 0,
    async print(bytes: Uint8Array, { seq, t_ms }: { seq: number; t_ms: number }): Promise<void> {
      lastSeq = seq;
      isChanged = true;
      const piece = { bytes, seq, t_ms };
      const skimmed = skim?.take(piece) ?? { read: [piece], endsLine: false };
      if (skimmed.endsLine) text?.forget();
      for (const unread of skimmed.read) read(unread);
      if (!emulator) return;
      await emulator.feed(bytes);
      // No program receives the replies.
      emulator.takeReplies();
    },
    input({ seq, size }: InputRecord): void {
      if (!size) return;
      emulator?.resize({ rows: size.Rows, cols: size.Cols });
      skim?.stop();
      lastSeq = seq;
      isChanged = true;
      isRead = true;
    },
    end(): SearchMatch[] {
      if (!isChanged) return [];
      isChanged = false;
      if (!isRead && search.current.length === 0) {
        shownBefore = [];
        return [];
      }
      isRead = false;
      const found: SearchMatch[] = [];
      if (emulator) {
        for (const match of search.look(emulator)) {
          found.push({ place: "screen", seq: lastSeq, t_ms: this.t_ms, ...match });
        }
      }
      found.push(...unseen(lines));
      lines = [];
      shownBefore = search.current;
      return found;
    },
    finish: () => unseen(text?.finish() ?? []),
  };
}

function matchesIn(
  place: SearchPlace,
  lines: readonly PrintedLine[],
  first: ReturnType<typeof firstMatch>,
): SearchMatch[] {
  return lines.flatMap(({ text, seq, t_ms }) => {
    const found = first(text);
    return found ? [{ place, seq, t_ms, row: null, column: null, match: found.match, text }] : [];
  });
}
