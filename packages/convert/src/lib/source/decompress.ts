import * as zlib from "node:zlib";
import { constants, createGunzip, createUnzip, type Gunzip } from "node:zlib";
import { type Source, sourceInvalid } from "./source.js";

/** Ways in which a file may be compressed. */
export type Compression = "gzip" | "zlib" | "zstd";

/**
 * The compression that the first bytes of a file show. The flags of gzip are looked at too: the date of a ttyrec may look like its
 * first two bytes.
 * @param mayBeZlib bytes that look like zlib, which begins with no mark of its own, are zlib.
 */
export function compressionOf(head: Uint8Array, mayBeZlib: boolean): Compression | null {
  const [, second = 0, , fourth = 0] = head;
  if (beginsWith(head, GZIP) && fourth < 0x20) return "gzip";
  if (beginsWith(head, ZSTD)) return "zstd";
  if (!mayBeZlib || !beginsWith(head, ZLIB)) return null;
  return (0x7800 + second) % 31 === 0 && (second & 0x20) === 0 ? "zlib" : null;
}

const GZIP = [0x1f, 0x8b, 8];
const ZSTD = [0x28, 0xb5, 0x2f, 0xfd];
const ZLIB = [0x78];

function beginsWith(head: Uint8Array, bytes: readonly number[]): boolean {
  return bytes.every((byte, index) => head[index] === byte);
}

/** How a compressed file ended. */
export interface Ending {
  isTruncated: boolean;
}

/**
 * Decompresses. Each piece is decompressed whole before the next is read, so that nothing of a file that is cut gets lost.
 * @param ending receives whether the file is cut.
 * @throws CassetteError CASSETTE_SOURCE_INVALID.
 */
export async function* decompress(
  pieces: AsyncIterable<Uint8Array>,
  kind: Compression,
  source: Pick<Source, "name">,
  ending: Ending,
): AsyncGenerator<Uint8Array, void> {
  const stream = createStream(kind, source);
  const ready: Uint8Array[] = [];
  let bytesBefore = 0;
  stream.on("data", (bytes: Uint8Array) => ready.push(bytes));
  // Each step reports its own failure.
  stream.on("error", () => {});
  try {
    for await (const piece of pieces) {
      await step((done) => stream.write(piece, done), stream).catch((cause) => {
        throw sourceInvalid(
          source,
          "The compressed bytes are damaged.",
          { byteOffset: bytesBefore },
          { cause },
        );
      });
      bytesBefore += piece.length;
      yield* ready.splice(0);
    }
    await step((done) => stream.end(done), stream).catch((cause: NodeJS.ErrnoException) => {
      if (!CUT.has(cause.code ?? ""))
        throw sourceInvalid(
          source,
          "The compressed bytes are damaged.",
          { byteOffset: bytesBefore },
          { cause },
        );
      ending.isTruncated = true;
    });
    yield* ready.splice(0);
  } finally {
    stream.destroy();
  }
}

/** Codes of a stream that ends too soon. */
const CUT: ReadonlySet<string> = new Set(["Z_BUF_ERROR", "ZSTD_error_srcSize_wrong"]);

function step(run: (done: (error?: Error | null) => void) => void, stream: Gunzip): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.once("error", reject);
    run((error) => {
      stream.off("error", reject);
      if (error) reject(error);
      else resolve();
    });
  });
}

/** @throws CassetteError CASSETTE_SOURCE_INVALID where this Node cannot decompress it. */
function createStream(kind: Compression, source: Pick<Source, "name">): Gunzip {
  if (kind !== "zstd") return kind === "gzip" ? createGunzip() : createUnzip({ flush: constants.Z_NO_FLUSH });
  if ("createZstdDecompress" in zlib) return (zlib.createZstdDecompress as () => Gunzip)();
  throw sourceInvalid(
    source,
    "This version of Node does not read zstd.",
    { byteOffset: 0 },
    {
      hint: "Decompress the file first, or use Node 22.15 or later.",
    },
  );
}
