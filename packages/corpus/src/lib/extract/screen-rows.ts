import { type Cassette, createPrintedText, type PrintedLine, readLastResize } from "@cassette/core/reader";
import { type Emulator, isCassetteError } from "@cassette/format";
import { createEmulator } from "@cassette/terminal/parts";
import type { SeenTexts } from "./seen-texts.js";

/** What follows the output of a recording. */
interface Drawing {
  cassette: Cassette;
  emulator: Emulator | null;
  texts: SeenTexts;
  /** The last row texts, so that unchanged rows cost a comparison. */
  before: readonly string[];
  last: { seq: number; t_ms: number };
  isChanged: boolean;
}

/**
 * Stores each row that a screen showed at the end of a moment, and each printed line: what a search looks at.
 * @returns whether all of it could be drawn.
 */
export async function addDrawnTexts(cassette: Cassette, texts: SeenTexts): Promise<boolean> {
  const { initial_rows: rows, initial_cols: cols, emulator: named } = cassette.manifest.terminal;
  const drawing: Drawing = {
    cassette,
    emulator: createEmulator({ rows, cols }, named),
    texts,
    before: [],
    last: { seq: 0, t_ms: 0 },
    isChanged: false,
  };
  const { emulator } = drawing;
  try {
    await followOutput(drawing);
    return drawing.emulator !== null;
  } finally {
    emulator?.close();
  }
}

async function followOutput(drawing: Drawing): Promise<void> {
  const { cassette, texts } = drawing;
  const lastResize = await readLastResize(cassette);
  if (lastResize === 0) drawing.emulator?.dropScrollback?.();
  const printed = createPrintedText();
  for await (const { kind, seq, t_ms, record } of cassette.events({ kinds: ["output", "input"] })) {
    if (t_ms !== drawing.last.t_ms) look(drawing);
    if (kind === "output") {
      const bytes = await cassette.bytes(record);
      addLines(texts, printed.add(bytes, seq, t_ms));
      await tryDrawing(drawing, (emulator) => emulator.feed(bytes));
      drawing.isChanged = true;
    } else if (kind === "input" && record.size) {
      const { Rows: rows, Cols: cols } = record.size;
      await tryDrawing(drawing, (emulator) => emulator.resize({ rows, cols }));
      if (seq === lastResize) drawing.emulator?.dropScrollback?.();
      drawing.isChanged = true;
    }
    drawing.last = { seq, t_ms };
  }
  look(drawing);
  addLines(texts, printed.finish());
}

function addLines(texts: SeenTexts, lines: readonly PrintedLine[]): void {
  for (const line of lines) texts.add("output", line);
}

/** After a fault of the emulator no screen is known. */
async function tryDrawing(drawing: Drawing, draw: (emulator: Emulator) => unknown): Promise<void> {
  if (drawing.emulator === null) return;
  try {
    await draw(drawing.emulator);
    // No program receives the replies.
    drawing.emulator.takeReplies();
  } catch (error) {
    if (!isCassetteError(error)) throw error;
    drawing.emulator = null;
  }
}

function look(drawing: Drawing): void {
  const { emulator, before, texts, last } = drawing;
  if (emulator === null || !drawing.isChanged) return;
  drawing.isChanged = false;
  const { text } = emulator.snapshot();
  for (const [index, row] of text.entries())
    if (row !== before[index]) texts.add("screen", { ...last, text: row });
  drawing.before = text;
}
