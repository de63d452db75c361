import { isCassetteError } from "@cassette/format";
import { openArtifact } from "../reader/artifact-file.js";
import { createLineCursor } from "../reader/line-cursor.js";
import { LINE_ARTIFACTS, LINE_PARSERS, type LineKind, type LineRecords } from "../reader/record-kinds.js";
import { UNLIMITED } from "../spool/unlimited.js";

/** The lines of a file whose writing was interrupted. */
export interface TornLines {
  readonly kind: LineKind;
  /** The next readable record; null at the end. */
  readonly head: LineRecords[LineKind] | null;
  /** Lines so far that could not be read. */
  readonly unreadable: number;
  /** The bytes of that record's line, newline included. */
  line(): Uint8Array;
  next(): Promise<void>;
  close(): Promise<void>;
}

/** Null if the file is missing. */
export async function createTornLines(kind: LineKind, dir: string): Promise<TornLines | null> {
  const file = await openArtifact(dir, LINE_ARTIFACTS[kind], UNLIMITED.fileBytes);
  if (file === null) return null;
  const cursor = createLineCursor(file, { maxLineBytes: UNLIMITED.lineBytes });
  const parse = LINE_PARSERS[kind];

  const torn = {
    kind,
    head: null as LineRecords[LineKind] | null,
    unreadable: 0,
    line() {
      if (cursor.terminated) return cursor.bytes.subarray(cursor.start, cursor.end + 1);
      return Buffer.concat([cursor.bytes.subarray(cursor.start, cursor.end), Buffer.from("\n")]);
    },
    async next() {
      torn.head = null;
      while (torn.head === null && (await advance())) {
        try {
          torn.head = parse(cursor);
        } catch {
          torn.unreadable++;
        }
      }
    },
    close: () => file.close(),
  };
  await torn.next();
  return torn;

  /** A line that is too long is the last: the bytes after it cannot be separated. */
  async function advance(): Promise<boolean> {
    try {
      while (!cursor.advance()) if (!(await cursor.fill())) return false;
      return true;
    } catch (error) {
      if (!isCassetteError(error, "CASSETTE_LIMIT_EXCEEDED")) throw error;
      torn.unreadable++;
      return false;
    }
  }
}
