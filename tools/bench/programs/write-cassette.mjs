// Writes a cassette of equal chunks: node write-cassette.mjs TARGET CHUNK_BYTES CHUNKS
import { createRecorder } from "@cassette/core";
import { seeded } from "../corpus.mjs";

const [target = "", chunk, chunks] = process.argv.slice(2);
const random = seeded(2);
const bytes = Uint8Array.from({ length: Number(chunk) }, () => 32 + Math.floor(random() * 90));
const manifest = { terminal: { emulator: { name: "none", version: "0" } } };
const recorder = await createRecorder(target, { manifest, overwrite: true });
for (let i = 0; i < Number(chunks); i++) {
  recorder.recordOutput(bytes);
  await recorder.drain();
}
recorder.recordFinal();
await recorder.close();
