import type { InputRecord, OutputRecord } from "@cassette/format";
import { endsTypedLine } from "../typed-line.js";
import { findMask } from "./printed-mask.js";
import { printedText } from "./printed-text.js";
import { endsWithPrompt } from "./prompt-field.js";
import { findPromptWord } from "./prompt-words.js";
import { isTypedPrompt } from "./typed-prompt.js";

/** Input that was typed while the terminal echoed it, and what was printed since: a prompt may still read it. */
export interface TypedAhead {
  readonly inputs: AheadInput[];
  readonly chunks: RecordedChunk[];
  /** Bytes printed since the first input. */
  printedBytes: number;
  lastTypedMs: number;
}

/** One recorded input. */
export interface AheadInput {
  readonly record: InputRecord;
  readonly bytes: Uint8Array;
  /** How much had been printed when it was sent. */
  readonly printedBefore: number;
}

/** One recorded read of output. */
export interface RecordedChunk {
  readonly record: OutputRecord;
  readonly bytes: Buffer;
}

/** What a prompt is looked for in; a program that prints more has read its input long ago. */
const MOST_PRINTED = 32 * 1024;
/** What answers a command comes at once; a prompt that finds its answer typed comes when the program gets to it. */
const LEAST_DELAY_MS = 50;
const MASK = 0x2a;
/** The end of a read, in text. */
const READ_END = "\0";
/** A prompt ends a read, or has a blank or a mask at its end. */
const PROMPT_REST = /[\s\0*\u2022\u25cf]\r*$/u;

/** Starts with nothing typed. */
export function createTypedAhead(): TypedAhead {
  return { inputs: [], chunks: [], printedBytes: 0, lastTypedMs: 0 };
}

/** Adds input. What was typed before something else was printed has been read. */
export function addAhead(ahead: TypedAhead, record: InputRecord, t_ms: number): void {
  if (hasAnswer(ahead)) clearAhead(ahead);
  const bytes = record.bytes ?? new Uint8Array();
  ahead.inputs.push({ record, bytes, printedBefore: ahead.printedBytes });
  ahead.lastTypedMs = t_ms;
}

/**
 * Adds output.
 * @returns whether a prompt for a secret was printed and answered since, though nothing was typed at it.
 */
export function addPrinted(ahead: TypedAhead, chunk: RecordedChunk, t_ms: number): boolean {
  if (ahead.inputs.length === 0) return false;
  ahead.chunks.push(chunk);
  ahead.printedBytes += chunk.bytes.length;
  if (ahead.printedBytes > MOST_PRINTED) clearAhead(ahead);
  return (
    t_ms - ahead.lastTypedMs >= LEAST_DELAY_MS && lastLineEnd(ahead) !== -1 && showsAnsweredPrompt(ahead)
  );
}

/** What a prompt seems to have read, before it is withheld: a shell would show the line again. */
export interface AnsweredAhead {
  readonly ahead: TypedAhead;
  readonly sinceMs: number;
}

/** A shell shows what was typed ahead when the command before it has ended; on a busy machine that takes a while. */
const SHOWN_AGAIN_MS = 500;

/** Whether it is time to withhold. */
export function isDue({ sinceMs }: AnsweredAhead, t_ms: number): boolean {
  return t_ms - sinceMs >= SHOWN_AGAIN_MS;
}

/** Adds output. @returns whether a line is shown again after the terminal echoed it: no prompt has read it. */
export function isShownAgain({ ahead }: AnsweredAhead, chunk: RecordedChunk): boolean {
  ahead.chunks.push(chunk);
  return isReadByEditor(ahead);
}

/** Forgets what was typed. */
export function clearAhead(ahead: TypedAhead): void {
  ahead.inputs.length = 0;
  ahead.chunks.length = 0;
  ahead.printedBytes = 0;
}

/** The inputs after the last line end: a program that reads lines cannot have read them. */
export function unfinishedInputs(ahead: TypedAhead): AheadInput[] {
  return ahead.inputs.slice(lastLineEnd(ahead) + 1);
}

/** The chunks that echo some of the inputs, with the echo overwritten by stars. */
export function maskEchoes(ahead: TypedAhead, inputs: readonly AheadInput[]): RecordedChunk[] {
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

/** What the kernel echoes as it was typed: all but controls. */
function echoedParts(bytes: Uint8Array): string[] {
  return Buffer.from(bytes)
    .toString("latin1")
    .split(/[\x00-\x1f\x7f]+/)
    .filter((part) => part !== "")
    .map((part) => Buffer.from(part, "latin1").toString("utf8"));
}

function lastLineEnd({ inputs }: TypedAhead): number {
  return inputs.findLastIndex(({ bytes }) => bytes.includes(0x0d) || bytes.includes(0x0a));
}

/** Whether more was printed than the echo of a line. */
function hasAnswer(ahead: TypedAhead): boolean {
  return lastLineEnd(ahead) !== -1 && printedSince(ahead).trim() !== "";
}

/** The text printed since, without the echo of what was typed. */
function printedSince({ chunks, inputs }: TypedAhead, between = ""): string {
  let text = chunks.map(({ bytes }) => printedText(bytes)).join(between);
  for (const part of inputs.flatMap(({ bytes }) => echoedParts(bytes))) text = text.replace(part, "");
  return text;
}

/** Whether a line was shown again after the terminal echoed it, as shells do with what was typed while a command ran. */
function isReadByEditor(ahead: TypedAhead): boolean {
  const printed = printedSince(ahead);
  const typed = Buffer.concat(ahead.inputs.map(({ bytes }) => bytes));
  return echoedParts(typed).some((line) => line.length > 1 && printed.includes(line));
}

/**
 * Whether a prompt was printed and answered. It is written before its answer is read and the line ended, or at least it is set off from
 * the answer by a blank: lines of files mostly have neither. There are no more of them than there were answers.
 */
function showsAnsweredPrompt(ahead: TypedAhead): boolean {
  if (isReadByEditor(ahead)) return false;
  if (showsMask(ahead)) return true;
  const lines = printedSince(ahead, READ_END).split(/\r*\n/);
  const typed = Buffer.concat(ahead.inputs.map(({ bytes }) => bytes));
  const lastLine = echoedParts(typed).at(-1) ?? "";
  const prompts = lines
    .slice(0, -1)
    .filter((line) => PROMPT_REST.test(line))
    .map((line) => line.replaceAll(READ_END, ""))
    .filter((line) => endsWithPrompt(line) && !isTypedPrompt(line, lastLine));
  const answers = ahead.inputs.filter(({ bytes }) => bytes.some(endsTypedLine)).length;
  return prompts.length > 0 && prompts.length <= answers;
}

/** Whether a mask of as many signs as a line has was printed below a word for a secret, as dialogs do that draw their fields again. */
function showsMask(ahead: TypedAhead): boolean {
  const printed = printedSince(ahead);
  const word = findPromptWord(printed);
  if (word === null) return false;
  const answers = ahead.inputs.flatMap(({ bytes }) => echoedParts(bytes));
  return answers.some((answer) => findMask(printed, [...answer].length) !== null);
}
