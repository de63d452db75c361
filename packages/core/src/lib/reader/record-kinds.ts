import {
  ARTIFACT,
  type FrameRecord,
  type InputRecord,
  type OutputRecord,
  type ServiceEventRecord,
} from "@cassette/format";
import {
  decodeUtf8,
  parseFrameRecord,
  parseInputRecord,
  parseOutputLine,
  parseServiceEventRecord,
} from "@cassette/format/schema";
import type { LineCursor } from "./line-cursor.js";

/** The records of the four `.jsonl` files, by the kind their events have. */
export interface LineRecords {
  input: InputRecord;
  output: OutputRecord;
  frame: FrameRecord;
  "service-event": ServiceEventRecord;
}

/** A kind of event that has a `.jsonl` file. */
export type LineKind = keyof LineRecords;

/** The file of each kind, in the order in which a reader checks them. */
export const LINE_ARTIFACTS = {
  input: ARTIFACT.input,
  output: ARTIFACT.output,
  frame: ARTIFACT.frames,
  "service-event": ARTIFACT.serviceEvents,
} as const;

/** The kinds in that order. */
export const LINE_KINDS = Object.keys(LINE_ARTIFACTS) as LineKind[];

/** Parses the current line of a cursor. */
export type LineParser<K extends LineKind> = (cursor: LineCursor) => LineRecords[K];

/** The parser of each kind. */
export const LINE_PARSERS: { [K in LineKind]: LineParser<K> } = {
  input: (cursor) => parseText(cursor, parseInputRecord),
  output: (cursor) =>
    parseOutputLine(cursor.bytes, cursor.start, cursor.end, { file: cursor.path, line: cursor.line }),
  frame: (cursor) => parseText(cursor, parseFrameRecord),
  "service-event": (cursor) => parseText(cursor, parseServiceEventRecord),
};

function parseText<T>(
  cursor: LineCursor,
  parse: (text: string, where: { file: string; line: number }) => T,
): T {
  const where = { file: cursor.path, line: cursor.line };
  return parse(decodeUtf8(cursor.bytes, cursor.start, cursor.end, where), where);
}
