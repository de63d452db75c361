// Reads a program's terminal through the driver: node read-terminal.mjs [--record TARGET [--commit]] -- PROGRAM ARGS…
// With --record every chunk goes to the recorder; with --commit the cassette is also verified and renamed.
import { parseArgs } from "node:util";
import { createRecorder } from "@cassette/core";
import { createPtyDriver } from "@cassette/pty";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { record: { type: "string" }, commit: { type: "boolean" } },
});
const emulator = { name: "none", version: "0" };
const recorder = values.record
  ? await createRecorder(values.record, { manifest: { terminal: { emulator } } })
  : null;
const session = await createPtyDriver().start({ argv: positionals, rows: 24, cols: 80 });
for await (const event of session.events()) {
  if (!recorder) continue;
  recorder.recordSessionEvent(event);
  await recorder.drain();
}
await session.close();
if (recorder) {
  recorder.recordFinal();
  await (values.commit ? recorder.close() : recorder.abort());
}
