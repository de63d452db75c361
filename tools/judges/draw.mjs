import { createXtermEmulator } from "../../packages/frames/dist/index.js";

/** The screen after some bytes. */
export async function draw(size, bytes) {
  const emulator = createXtermEmulator(size);
  await emulator.feed(bytes);
  const screen = emulator.snapshot();
  emulator.close();
  return screen;
}
