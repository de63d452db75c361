import type { InputRecord, OutputRecord } from "@cassette/format";
import { printedText } from "./printed-text.js";
import { endsWithPrompt } from "./prompt-field.js";

/** Input typed while the terminal echoed it, and the output since: a later prompt may still read it. */
export interface TypeAhead {
  readonly inputs: TypedAheadInput[];
  readonly chunks: RecordedChunk[];
  /** Bytes printed since the first input. */
  printedBytes: number;
  lastTypedMs: number;
}

/** One recorded input. */
export interface TypedAheadInput {
  readonly record: InputRecord;
  readonly bytes: Uint8Array;
  /** Bytes printed when it was sent. */
  readonly printedBefore: number;
}

/** One recorded read of output. */
export interface RecordedChunk {
  readonly record: OutputRecord;
  readonly bytes: Buffer;
}

/** Bytes of output that are searched for a prompt; a program that prints more has read its input long ago. */
const MOST_PRINTED = 32 * 1024;
/** The output of a command comes at once; a prompt that reads type-ahead comes when the program gets to it. */
const LEAST_DELAY_MS = 50;
const MASK = 0x2a;

/** Starts with nothing typed. */
export function createTypeAhead(): TypeAhead {
  return { inputs: [], chunks: [], printedBytes: 0, lastTypedMs: 0 };
}

/** Adds input. Earlier input counts as read once other output follows it. */
export function addTypeAhead(ahead: TypeAhead, record: InputRecord, t_ms: number): void {
  if (hasAnswer(ahead)) clearTypeAhead(ahead);
  const bytes = record.bytes ?? new Uint8Array();
  ahead.inputs.push({ record, bytes, printedBefore: ahead.printedBytes });
  ahead.lastTypedMs = t_ms;
}

/**
 * Adds output.
 * @returns whether a prompt for a secret was printed and answered since, though nothing was typed at it.
 */
export function addPrinted(ahead: TypeAhead, chunk: RecordedChunk, t_ms: number): boolean {
  if (ahead.inputs.length === 0) return false;
  ahead.chunks.push(chunk);
  ahead.printedBytes += chunk.bytes.length;
  if (ahead.printedBytes > MOST_PRINTED) clearTypeAhead(ahead);
  return (
    t_ms - ahead.lastTypedMs >= LEAST_DELAY_MS && lastLineEnd(ahead) !== -1 && showsAnsweredPrompt(ahead)
  );
}

/** Forgets what was typed. */
export function clearTypeAhead(ahead: TypeAhead): void {
  ahead.inputs.length = 0;
  ahead.chunks.length = 0;
  ahead.printedBytes = 0;
}

/** The inputs after the last line end, which a program that reads lines cannot have read. */
export function unfinishedInputs(ahead: TypeAhead): TypedAheadInput[] {
  return ahead.inputs.slice(lastLineEnd(ahead) + 1);
}

/** The chunks that echo some of the inputs, with the echo overwritten by stars. */
export function maskEchoes(ahead: TypeAhead, inputs: readonly TypedAheadInput[]): RecordedChunk[] {
  const printed = Buffer.concat(ahead.chunks.map(({ bytes }) => bytes));
  let searchFrom = 0;
  for (const { bytes, printedBefore } of inputs) {
    for (const text of echoedParts(bytes)) {
      const at = printed.indexOf(text, Math.max(searchFrom, printedBefore));
      if (at === -1) continue;
      searchFrom = at + text.length;
      printed.fill(MASK, at, searchFrom);
    }
  }
  let offset = 0;
  return ahead.chunks.flatMap(({ record, bytes }) => {
    const masked = printed.subarray(offset, offset + bytes.length);
    offset += bytes.length;
    return masked.equals(bytes) ? [] : [{ record, bytes: masked }];
  });
}

/** The text that the kernel echoes unchanged: all but control characters. */
function echoedParts(bytes: Uint8Array): string[] {
  return Buffer.from(bytes)
    .toString("latin1")
    .split(/[\x00-\x1f\x7f]+/)
    .filter((part) => part !== "")
    .map((part) => Buffer.from(part, "latin1").toString("utf8"));
}

function lastLineEnd({ inputs }: TypeAhead): number {
  return inputs.findLastIndex(({ bytes }) => bytes.includes(0x0d) || bytes.includes(0x0a));
}

/** Whether there was more output than the echo of a line. */
function hasAnswer(ahead: TypeAhead): boolean {
  return lastLineEnd(ahead) !== -1 && printedSince(ahead).trim() !== "";
}

/** The text printed since, without the echo of the input. */
function printedSince({ chunks, inputs }: TypeAhead): string {
  let text = printedText(Buffer.concat(chunks.map(({ bytes }) => bytes)));
  for (const part of inputs.flatMap(({ bytes }) => echoedParts(bytes))) text = text.replace(part, "");
  return text;
}

function showsAnsweredPrompt(ahead: TypeAhead): boolean {
  const lines = printedSince(ahead).split(/\r*\n/);
  return lines.slice(0, -1).some((line) => endsWithPrompt(line));
}
