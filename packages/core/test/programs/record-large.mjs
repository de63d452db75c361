// Records a number of chunks of one size: record-large.mjs DIR COUNT BYTES. Prints the most memory it held, in MB.
import { createRecorder } from "../../dist/index.js";
import { peakMegabytes } from "./peak-memory.mjs";

const [dir, count, bytes] = process.argv.slice(2);
const recorder = await createRecorder(dir);
const chunk = Buffer.alloc(Number(bytes));
for (let n = 0; n < Number(count); n++) {
  chunk.fill(n);
  recorder.recordOutput(chunk);
  await recorder.drain();
}
recorder.recordFinal();
await recorder.close();
process.stdout.write(String(Math.round(peakMegabytes())));
