import { type MessagePort, parentPort, workerData } from "node:worker_threads";
import { createFrameWriter, type GifFrame } from "./lib/gif/frame-writer.js";

if (parentPort) serve(parentPort, (workerData as { loop: number | undefined }).loop);

function serve(port: MessagePort, loop: number | undefined): void {
  const write = createFrameWriter(loop);
  port.on("message", (frame: GifFrame) => {
    const bytes = write(frame);
    port.postMessage(bytes, [bytes.buffer]);
  });
}
