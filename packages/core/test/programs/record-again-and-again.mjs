// Records the same sample over and over, each time replacing the last cassette, until it is killed.
import { createRecorder } from "../../dist/index.js";

const [target] = process.argv.slice(2);
for (let round = 1; ; round++) {
  const recorder = await createRecorder(target, {
    manifest: { id: `round-${round}` },
    overwrite: true,
    integrity: true,
  });
  if (round === 1) process.stdout.write("started\n");
  for (let n = 1; n <= 400; n++) {
    if (n % 5 === 0) recorder.recordInput({ bytes: Buffer.from(`typed ${n}`) });
    else recorder.recordOutput(Buffer.from(`chunk ${n} `.repeat(n)));
    if (n % 20 === 0) await new Promise(setImmediate);
    await recorder.drain();
  }
  recorder.recordFinal({ exit: { Code: 0, Signal: "", Exited: true, Signaled: false } });
  await recorder.close();
}
