import { createReadStream } from "node:fs";
import { open, stat } from "node:fs/promises";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { CassetteError, type JsonText } from "@cassette/format";
import { jsonText } from "@cassette/format/schema";

/** JSON lines that the program around the recording writes while it goes on. */
export interface ServiceEvents {
  /**
   * Reads until the source ends or `signal` is aborted; then what is already there is read still.
   * @returns how many lines were no JSON and were left out.
   */
  follow(onEvent: (payload: JsonText) => Promise<void>, signal: AbortSignal): Promise<number>;
}

/** How often a file is looked at for more. */
const LOOK_MS = 50;
const BLOCK = 65_536;

/**
 * Opens a file (which may grow), a named pipe, or, by its number, an inherited descriptor.
 * @throws CassetteError CASSETTE_USAGE if there is none.
 */
export async function openServiceEvents(source: string): Promise<ServiceEvents> {
  const fd = /^\d+$/.test(source) ? Number(source) : undefined;
  const isFile = fd === undefined && (await isRegular(source));
  return {
    async follow(onEvent, signal) {
      let refused = 0;
      const lines = isFile ? growingLines(source, signal) : streamLines(source, fd, signal);
      for await (const line of lines) {
        const payload = parse(line);
        if (payload) await onEvent(payload);
        else if (line.trim() !== "") refused++;
      }
      return refused;
    },
  };
}

async function* streamLines(
  path: string,
  fd: number | undefined,
  signal: AbortSignal,
): AsyncGenerator<string, void> {
  const input = createReadStream(path, fd === undefined ? {} : { fd });
  const onAbort = () => input.destroy();
  signal.addEventListener("abort", onAbort, { once: true });
  try {
    if (signal.aborted) return;
    yield* createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY });
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    signal.removeEventListener("abort", onAbort);
    input.destroy();
  }
}

/** The lines of a file that is being written; one without its newline is not there yet. */
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
    return (await stat(path)).isFile();
  } catch (cause) {
    throw new CassetteError("CASSETTE_USAGE", "There is nothing to read service events from.", {
      file: path,
      cause,
      hint: "Make the file or the named pipe before the recording begins.",
    });
  }
}

function parse(line: string): JsonText | null {
  try {
    return jsonText(line);
  } catch {
    return null;
  }
}
