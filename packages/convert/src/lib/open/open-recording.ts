import { access, stat } from "node:fs/promises";
import { join } from "node:path";
import { CassetteError } from "@cassette/format";
import { readAsciicast } from "../asciicast/read-asciicast.js";
import { readPtywright } from "../ptywright/read-ptywright.js";
import type { ReadRecording, SourceFormat, TerminalRecording } from "../recording/recording.js";
import { readTypescript } from "../script/read-typescript.js";
import { type OpenedSource, openSource, type SourceOptions } from "../source/open-source.js";
import type { Source } from "../source/source.js";
import { readSudoLog } from "../sudo/read-sudo-log.js";
import { readTlog } from "../tlog/read-tlog.js";
import { readTtyrec } from "../ttyrec/read-ttyrec.js";
import { detectFormat } from "./detect-format.js";

/** Options of {@link openTerminalRecording}. */
export interface OpenRecordingOptions extends SourceOptions {
  /** Default: what the bytes and the name show. */
  format?: SourceFormat;
  /** Path of the timing of script(1). */
  timing?: string;
}

/** A recording of another tool, held open. */
export interface OpenedRecording extends TerminalRecording, AsyncDisposable {
  readonly format: SourceFormat;
  /** SHA-256 of its file; null until all was read, and for one of several files. */
  readonly sha256: string | null;
  close(): Promise<void>;
}

/**
 * Opens a recording of another tool: a file, compressed or not, or a log directory of sudo.
 * @throws CassetteError CASSETTE_NOT_FOUND, CASSETTE_READ_FAILED, CASSETTE_SOURCE_INVALID, CASSETTE_LIMIT_EXCEEDED,
 * CASSETTE_USAGE where the timing is missing; `signal.reason` when aborted.
 */
export async function openTerminalRecording(
  path: string,
  options: OpenRecordingOptions = {},
): Promise<OpenedRecording> {
  if (!options.stream && (options.format === "sudo" || (await isSudoLog(path))))
    return openSudoLog(path, options);
  const source = await openSource(path, options);
  try {
    const format =
      fileFormat(options.format) ??
      (options.timing ? "typescript" : fileFormat(detectFormat(path, source.head)));
    if (format === undefined)
      throw new CassetteError("CASSETTE_SOURCE_INVALID", "The format of this recording is not known.", {
        file: path,
        byteOffset: 0,
        hint: "Name it with --source-format.",
      });
    if (format === "typescript") return await openTypescript(source, path, options);
    return opened(await READERS[format](source), [source]);
  } catch (error) {
    source.close();
    throw error;
  }
}

/** Formats of one file, or two. */
type FileFormat = Exclude<SourceFormat, "sudo">;

function fileFormat(format: SourceFormat | null | undefined): FileFormat | undefined {
  return format === "sudo" || format === null ? undefined : format;
}

const READERS: Record<Exclude<FileFormat, "typescript">, (source: Source) => Promise<ReadRecording>> = {
  "asciicast-v1": readAsciicast,
  "asciicast-v2": readAsciicast,
  "asciicast-v3": readAsciicast,
  ttyrec: readTtyrec,
  tlog: readTlog,
  ptywright: readPtywright,
};

/** Whether a path is a log directory of sudo: it has a `log.json`, where a cassette has a `manifest.json`. */
export async function isSudoLog(path: string): Promise<boolean> {
  const isFile = (name: string) =>
    access(join(path, name)).then(
      () => true,
      () => false,
    );
  return (await isFile("log.json")) && (await isFile("timing")) && !(await isFile("manifest.json"));
}

async function openTypescript(
  data: OpenedSource,
  path: string,
  { limits, timing, signal }: OpenRecordingOptions,
): Promise<OpenedRecording> {
  if (timing === undefined)
    throw new CassetteError("CASSETTE_USAGE", "A typescript needs its timing.", {
      file: path,
      hint: "Name it: --timing FILE. Without timing there is no recording, only text.",
    });
  const steps = await openSource(timing, { limits, signal });
  try {
    return opened(await readTypescript({ data, timing: steps }), [data, steps]);
  } catch (error) {
    steps.close();
    throw error;
  }
}

async function openSudoLog(dir: string, options: OpenRecordingOptions): Promise<OpenedRecording> {
  const { limits, signal, onRead } = options;
  const total = await stat(join(dir, "ttyout")).then(
    ({ size }) => size,
    () => 0,
  );
  const sources: OpenedSource[] = [];
  const open = async (name: string, own: SourceOptions = {}) => {
    const source = await openSource(join(dir, name), { limits, signal, mayBeZlib: true, ...own });
    sources.push(source);
    return source;
  };
  /** A session without a terminal has no such file. */
  const openIfAny = async (name: string, own?: SourceOptions) =>
    open(name, (await stat(join(dir, name)).catch(() => null)) ? own : { stream: nothing() });
  try {
    const files = {
      log: await open("log.json"),
      timing: await open("timing"),
      ttyin: await openIfAny("ttyin"),
      ttyout: await openIfAny("ttyout", { onRead: (done) => onRead?.(done, total) }),
    };
    return opened(await readSudoLog(files), sources);
  } catch (error) {
    for (const source of sources) source.close();
    throw error;
  }
}

async function* nothing(): AsyncGenerator<Uint8Array, void> {}

function opened(recording: ReadRecording, sources: readonly OpenedSource[]): OpenedRecording {
  const [source] = sources;
  const close = async () => {
    for (const each of sources) each.close();
  };
  return {
    ...recording,
    get sha256() {
      return sources.length === 1 ? (source?.sha256 ?? null) : null;
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}
