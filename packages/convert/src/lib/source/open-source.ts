import { createHash } from "node:crypto";
import { createReadStream, type ReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { CassetteError, systemErrorHint } from "@cassette/format";
import { compressionOf, decompress } from "./decompress.js";
import { DEFAULT_LIMITS, type SourceLimits } from "./limits.js";
import { limitExceeded, type Source } from "./source.js";

/** A file, or a stream that is named like one. */
export interface OpenedSource extends Source {
  /** The beginning of the decompressed bytes, for a look at the format. */
  readonly head: Uint8Array;
  /** SHA-256 of the bytes as they are on the disk; null until all were read. */
  readonly sha256: string | null;
  close(): void;
}

/** Options of {@link openSource}. */
export interface SourceOptions {
  limits?: Partial<SourceLimits>;
  /** Read in place of the file. */
  stream?: AsyncIterable<Uint8Array>;
  /** Called with the bytes that were read so far, and all of them, if that is known. */
  onRead?: (done: number, total: number) => void;
  signal?: AbortSignal;
}

/** Options that only readers of known files use. */
interface FileOptions extends SourceOptions {
  /** The file may be compressed by zlib. */
  mayBeZlib?: boolean;
}

const PIECE_BYTES = 256 * 1_024;
/** As many as show a compression. */
const MAGIC_BYTES = 4;
/** As many as show a format. */
const HEAD_BYTES = 4_096;

/**
 * Opens a file, compressed or not.
 * @throws CassetteError CASSETTE_NOT_FOUND, CASSETTE_READ_FAILED, CASSETTE_SOURCE_INVALID.
 */
export async function openSource(path: string, options: FileOptions = {}): Promise<OpenedSource> {
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const state = { sha256: null as string | null, isTruncated: false };
  const file = options.stream ? null : createReadStream(path, { highWaterMark: PIECE_BYTES });
  const total = file ? await sizeOf(path) : 0;
  const raw = readRaw(options.stream ?? readFile(file as ReadStream, path), total, options, state);
  const stored = await peeked(raw, MAGIC_BYTES);
  const compression = compressionOf(stored.head, options.mayBeZlib ?? false);
  const bytes = compression ? decompress(stored.pieces, compression, { name: path }, state) : stored.pieces;
  const { head, pieces } = await peeked(withLimit(bytes, limits.fileBytes, path), HEAD_BYTES);
  return {
    name: path,
    limits,
    head,
    pieces: () => pieces,
    get isTruncated() {
      return state.isTruncated;
    },
    get sha256() {
      return state.sha256;
    },
    close: () => file?.destroy(),
  };
}

async function* readFile(file: ReadStream, path: string): AsyncGenerator<Uint8Array, void> {
  try {
    yield* file;
  } catch (cause) {
    throw readFailed(path, cause as NodeJS.ErrnoException);
  }
}

async function* readRaw(
  pieces: AsyncIterable<Uint8Array>,
  total: number,
  { onRead, signal }: SourceOptions,
  state: { sha256: string | null },
): AsyncGenerator<Uint8Array, void> {
  const digest = createHash("sha256");
  let done = 0;
  for await (const piece of pieces) {
    signal?.throwIfAborted();
    digest.update(piece);
    done += piece.length;
    onRead?.(done, total);
    yield piece;
  }
  state.sha256 = digest.digest("hex");
}

/** Reads until so many bytes are there, and gives them back as a part of the whole. */
async function peeked(
  pieces: AsyncGenerator<Uint8Array, void>,
  bytes: number,
): Promise<{ head: Uint8Array; pieces: AsyncGenerator<Uint8Array, void> }> {
  const first: Uint8Array[] = [];
  for (let held = 0; held < bytes; held += first.at(-1)?.length ?? 0) {
    const next = await pieces.next();
    if (next.done) break;
    first.push(next.value);
  }
  async function* whole(): AsyncGenerator<Uint8Array, void> {
    yield* first;
    yield* pieces;
  }
  return { head: Buffer.concat(first), pieces: whole() };
}

async function* withLimit(
  pieces: AsyncIterable<Uint8Array>,
  most: number,
  name: string,
): AsyncGenerator<Uint8Array, void> {
  let bytes = 0;
  for await (const piece of pieces) {
    bytes += piece.length;
    if (bytes > most)
      throw limitExceeded({ name }, "The recording has more bytes", most, { byteOffset: most });
    if (piece.length > 0) yield piece;
  }
}

async function sizeOf(path: string): Promise<number> {
  return stat(path).then(
    ({ size }) => size,
    () => 0,
  );
}

function readFailed(file: string, cause: NodeJS.ErrnoException): CassetteError {
  if (cause.code === "ENOENT" || cause.code === "ENOTDIR")
    return new CassetteError("CASSETTE_NOT_FOUND", "There is no such file.", { file });
  const message = `The file cannot be read (${cause.code}).`;
  return new CassetteError("CASSETTE_READ_FAILED", message, {
    file,
    cause,
    hint: systemErrorHint(cause.code),
  });
}
