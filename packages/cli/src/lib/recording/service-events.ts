import { constants, openSync } from "node:fs";
import { open, stat } from "node:fs/promises";
import { Socket } from "node:net";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { CassetteError, type JsonText } from "@cassette/format";
import { jsonText } from "@cassette/format/schema";

/** JSON lines that another program writes during the recording. */
export interface ServiceEvents {
  /**
   * Reads until the source ends or `signal` is aborted; then reads what is already there.
   * @returns number of lines that were not JSON and were skipped.
   */
  follow(onEvent: (payload: JsonText) => Promise<void>, signal: AbortSignal): Promise<number>;
}

/** Interval at which a file is checked for more. */
const LOOK_MS = 50;
const BLOCK = 65_536;

/**
 * Opens a file (which may grow), a named pipe, or, by its number, an inherited descriptor.
 * @throws CassetteError CASSETTE_USAGE if it does not exist.
 */
export async function openServiceEvents(source: string): Promise<ServiceEvents> {
  const path = /^\d+$/.test(source) ? `/dev/fd/${source}` : source;
  const isFile = await isRegular(path);
  return {
    async follow(onEvent, signal) {
      let refused = 0;
      const lines = isFile ? growingLines(path, signal) : pipedLines(path, signal);
      for await (const line of lines) {
        const payload = parse(line);
        if (payload) await onEvent(payload);
        else if (line.trim() !== "") refused++;
      }
      return refused;
    },
  };
}

/** The lines of a pipe. */
async function* pipedLines(path: string, signal: AbortSignal): AsyncGenerator<string, void> {
  // Opened for reading and writing, so that opening does not wait for a writer; as a socket, so that reading can be aborted.
  const input = new Socket({ fd: openSync(path, constants.O_RDWR | constants.O_NONBLOCK), writable: false });
  const lines = createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY });
  // Events written before the program's end may not have been read yet.
  const onAbort = () => void setTimeout(() => lines.close(), LOOK_MS);
  if (signal.aborted) onAbort();
  signal.addEventListener("abort", onAbort, { once: true });
  try {
    yield* lines;
  } finally {
    signal.removeEventListener("abort", onAbort);
    input.destroy();
  }
}

/** The lines of a file that is being written; a line without its newline is not complete. */
async function* growingLines(path: string, signal: AbortSignal): AsyncGenerator<string, void> {
  const file = await open(path);
  const block = Buffer.alloc(BLOCK);
  let position = 0;
  let begun = Buffer.alloc(0);
  try {
    for (;;) {
      const isLast = signal.aborted;
      for (;;) {
        const { bytesRead } = await file.read(block, 0, BLOCK, position);
        if (bytesRead === 0) break;
        position += bytesRead;
        const text = Buffer.concat([begun, block.subarray(0, bytesRead)]);
        const end = text.lastIndexOf(0x0a) + 1;
        begun = text.subarray(end);
        yield* text.subarray(0, end).toString("utf8").split("\n");
      }
      if (isLast) break;
      await sleep(LOOK_MS, undefined, { signal }).catch(() => {});
    }
    yield begun.toString("utf8");
  } finally {
    await file.close();
  }
}

async function isRegular(path: string): Promise<boolean> {
  try {
    const stats = await stat(path);
    if (stats.isFile()) return true;
    if (stats.isFIFO()) return false;
  } catch (cause) {
    throw new CassetteError("CASSETTE_USAGE", "There is nothing to read service events from.", {
      file: path,
      cause,
      hint: "Make the file or the named pipe before the recording begins.",
    });
  }
  throw new CassetteError("CASSETTE_USAGE", "Service events are read from a file or a pipe.", { file: path });
}

function parse(line: string): JsonText | null {
  try {
    return jsonText(line);
  } catch {
    return null;
  }
}
