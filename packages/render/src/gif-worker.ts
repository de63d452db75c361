import { parentPort, workerData } from "node:worker_threads";
import { createFrameWriter, type GifFrame } from "./lib/gif/frame-writer.js";

const write = createFrameWriter((workerData as { loop: number | undefined }).loop);
parentPort?.on("message", (frame: GifFrame) => {
  const bytes = write(frame);
  parentPort?.postMessage(bytes, [bytes.buffer]);
});
