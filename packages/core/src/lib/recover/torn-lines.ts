import { openArtifact } from "../reader/artifact-file.js";
import { createLineCursor } from "../reader/line-cursor.js";
import { LINE_ARTIFACTS, LINE_PARSERS, type LineKind, type LineRecords } from "../reader/record-kinds.js";

/** The lines of a file whose writing was interrupted. */
export interface TornLines {
  readonly kind: LineKind;
  /** The next whole record; null where the file ends, breaks off or stops making sense. */
  readonly head: LineRecords[LineKind] | null;
  /** The bytes of that record's line, newline included. */
  line(): Uint8Array;
  next(): Promise<void>;
  /** Passes over the rest; number of lines in the file, a torn one included. */
  countAll(): Promise<number>;
  close(): Promise<void>;
}

/** Null if the file is missing. */
export async function createTornLines(kind: LineKind, dir: string): Promise<TornLines | null> {
  const file = await openArtifact(dir, LINE_ARTIFACTS[kind], Number.MAX_SAFE_INTEGER);
  if (file === null) return null;
  const cursor = createLineCursor(file, { maxLineBytes: Number.MAX_SAFE_INTEGER });
  const parse = LINE_PARSERS[kind];
  let lines = 0;

  const torn: TornLines & { head: LineRecords[LineKind] | null } = {
    kind,
    head: null,
    line: () => cursor.bytes.subarray(cursor.start, cursor.end + 1),
    async next() {
      torn.head = null;
      if (!(await advance()) || !cursor.terminated) return;
      try {
        torn.head = parse(cursor);
      } catch {
        // What cannot be read is where the evidence ends.
      }
    },
    async countAll() {
      while (await advance());
      return lines;
    },
    close: () => file.close(),
  };
  await torn.next();
  return torn;

  async function advance(): Promise<boolean> {
    while (!cursor.advance()) if (!(await cursor.fill())) return false;
    lines++;
    return true;
  }
}
