import { CassetteError, type ReadableBytes } from "@cassette/format";

/** Opens the bytes of a Blob or File, which the browser refuses to read once a file has changed. @param path names it in messages. */
export function openBlob(blob: Blob, path: string): ReadableBytes {
  return {
    path,
    size: blob.size,
    async read(target, position) {
      const part = blob.slice(position, position + target.byteLength);
      try {
        target.set(new Uint8Array(await part.arrayBuffer()));
      } catch (cause) {
        throw unreadable(path, cause);
      }
      return part.size;
    },
    assertUnchanged: async () => undefined,
    close: async () => undefined,
  };
}

function unreadable(file: string, cause: unknown): CassetteError {
  const message = `The file cannot be read (${(cause as DOMException).name}).`;
  const hint = "If it has changed since it was chosen, choose it again.";
  return new CassetteError("CASSETTE_READ_FAILED", message, { file, cause, hint });
}
