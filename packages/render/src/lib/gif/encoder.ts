import { once } from "node:events";
import { createRequire } from "node:module";
import { Worker } from "node:worker_threads";
import { GIF_END, type GifFrame } from "./frame-writer.js";

/** Encodes frames in a thread of its own, while the next ones are drawn. */
export interface GifEncoder {
  /** Takes a frame, whose indices are then no longer to be used. @returns what is encoded of the earlier ones, in order. */
  frame(frame: GifFrame): Promise<Uint8Array[]>;
  /** @returns the rest. */
  end(): Promise<Uint8Array[]>;
  /** Ends the thread. */
  [Symbol.asyncDispose](): Promise<void>;
}

/** Frames that wait to be encoded: so many that neither thread waits for the other, so few that they take no memory. */
const MOST_WAITING = 8;

/**
 * Starts a thread.
 * @param loop times to play; undefined for ever.
 */
export function startGifEncoder(loop: number | undefined): GifEncoder {
  // By the package's name, so that it is found from a bundle, too.
  const file = createRequire(import.meta.url).resolve("@cassette/render/gif-worker");
  const worker = new Worker(file, { workerData: { loop } });
  let encoded: Uint8Array[] = [];
  let waiting = 0;
  worker.on("message", (bytes: Uint8Array) => {
    encoded.push(bytes);
    waiting--;
  });
  const take = async (most: number) => {
    while (waiting > most) await once(worker, "message");
    const taken = encoded;
    encoded = [];
    return taken;
  };
  return {
    frame(frame) {
      worker.postMessage(frame, [frame.indices.buffer]);
      waiting++;
      return take(MOST_WAITING);
    },
    end: async () => [...(await take(0)), GIF_END],
    async [Symbol.asyncDispose]() {
      await worker.terminate();
    },
  };
}
