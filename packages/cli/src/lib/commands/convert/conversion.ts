import {
  type Loss,
  lossText,
  type OpenedRecording,
  openTerminalRecording,
  readCassette,
  type SourceFormat,
  type TerminalRecording,
} from "@cassette/convert";
import { CassetteError, type TerminalSize } from "@cassette/format";
import { isRecordingOfAnotherTool, openCassetteAt } from "@cassette/terminal/recordings";
import { displayPath } from "../../output/display-path.js";
import { escapeText } from "../../output/escape-text.js";
import type { SealingWatch } from "../../sealing/run-sealing.js";
import type { Format } from "./formats.js";
import { refuseExisting, writeWhole } from "./write-file.js";

/** Options of recordings in other formats, as the command line gives them. */
export interface RecordingArguments {
  overwrite?: boolean;
  sourceFormat?: SourceFormat;
  /** The timing of a source of script(1). */
  timing?: string;
  /** Where the source says none. */
  windowSize?: TerminalSize;
  /** Write what was typed, too. */
  input?: boolean;
  /** File for the losses, as JSON. */
  report?: string;
  /** Refuse any loss. */
  strict?: boolean;
  rules?: string;
  scrub: boolean;
  quiet?: boolean;
}

/** What is converted to what. */
export interface Conversion {
  source: string;
  target: string;
  format: Format;
  options: RecordingArguments;
}

/**
 * Opens a recording of another tool; `-` is standard input.
 * @throws CassetteError CASSETTE_USAGE for a cassette, and of reading.
 */
export async function openForeign(
  { source, options }: Pick<Conversion, "source" | "options">,
  { onProgress, signal }: SealingWatch,
): Promise<OpenedRecording> {
  if (source !== "-" && options.sourceFormat === undefined && !(await isRecordingOfAnotherTool(source))) {
    // It says whether there is a cassette at all.
    await (await openCassetteAt(source, { signal })).close();
    throw new CassetteError("CASSETTE_USAGE", "This is a cassette already.", {
      hint: "To scrub it into a new one: cassette scrub",
    });
  }
  return openTerminalRecording(source, {
    format: options.sourceFormat,
    timing: options.timing,
    ...(source === "-" && { stream: process.stdin }),
    onRead: (done, total) => onProgress({ pass: "reading", done, total }),
    signal,
  });
}

/** A recording to be written in another format. */
export interface OpenSource extends AsyncDisposable {
  recording: TerminalRecording;
}

/** Opens a cassette or a recording of another tool. */
export async function openEither(conversion: Conversion, watch: SealingWatch): Promise<OpenSource> {
  const { source, options } = conversion;
  const isForeign =
    source === "-" || options.sourceFormat !== undefined || (await isRecordingOfAnotherTool(source));
  if (isForeign) {
    const opened = await openForeign(conversion, watch);
    return { recording: opened, [Symbol.asyncDispose]: opened.close };
  }
  const cassette = await openCassetteAt(source, { signal: watch.signal });
  return { recording: readCassette(cassette), [Symbol.asyncDispose]: cassette.close };
}

/** @throws CassetteError CASSETTE_TARGET_EXISTS. */
export function refuseExistingReport({ report, overwrite }: RecordingArguments): void {
  if (report !== undefined && !overwrite) refuseExisting(report);
}

/** @throws CassetteError CASSETTE_CONVERSION_LOSSY if there is a loss and none is accepted. */
export function demandNoLoss({ options, source }: Conversion, losses: readonly Loss[]): void {
  if (!options.strict || losses.length === 0) return;
  throw new CassetteError(
    "CASSETTE_CONVERSION_LOSSY",
    `Not everything is kept: ${losses.map(lossText).join("; ")}.`,
    {
      file: source === "-" ? undefined : displayPath(source),
    },
  );
}

/** Prints what was lost, in words, and writes it as JSON where that is asked for. */
export async function reportLosses(
  { source, target, format, options }: Conversion,
  from: TerminalRecording["format"],
  losses: readonly Loss[],
  stderr: NodeJS.WriteStream,
): Promise<void> {
  if (!options.quiet) for (const loss of losses) stderr.write(`  ${escapeText(lossText(loss))}\n`);
  if (options.report === undefined) return;
  const report = {
    source: { path: displayPath(source), format: from },
    target: { path: target, format },
    losses,
  };
  await writeWhole(options.report, textOf(report));
}

async function* textOf(report: object): AsyncGenerator<string> {
  yield `${JSON.stringify(report, null, 2)}\n`;
}
