import { join } from "node:path";
import { CassetteError, type Emulator } from "@cassette/format";
import { describe, expect, it } from "vitest";
import { type Cassette, createRecorder, openCassette, readEpochs } from "../src/index.js";
import { createLineEmulator } from "./support/line-emulator.js";
import { temporaryDirectory } from "./support/temporary-directory.js";

/** Something is printed and a key is pressed, so many times. */
async function cassetteWithInputs(count: number, [rows, cols]: [number, number]): Promise<Cassette> {
  const dir = join(temporaryDirectory(), "cassette");
  const emulator = { name: "lines", version: "1" };
  const recorder = await createRecorder(dir, {
    manifest: { terminal: { initial_rows: rows, initial_cols: cols, emulator } },
  });
  for (let number = 0; number < count; number++) {
    recorder.recordOutput(Buffer.from(`${number}\n`));
    recorder.recordInput({ kind: "input", bytes: Buffer.from("x") });
  }
  recorder.recordFinal();
  await recorder.close();
  return openCassette(dir);
}

/** How many screens are read, and the error it ends with. */
async function screensRead(cassette: Cassette): Promise<{ screens: number; error: unknown }> {
  let screens = 0;
  const createEmulator = (size: { rows: number; cols: number }): Emulator => {
    const emulator = createLineEmulator(size);
    const snapshot: Emulator["snapshot"] = (options) => {
      screens++;
      return emulator.snapshot(options);
    };
    return { ...emulator, snapshot };
  };
  const error = await readEpochs(cassette, { createEmulator }).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  return { screens, error };
}

describe("reading the screen before each input", () => {
  it("stops where large screens are out of proportion to the recording", async () => {
    await using cassette = await cassetteWithInputs(300, [500, 500]);
    const { screens, error } = await screensRead(cassette);
    expect(error).toBeInstanceOf(CassetteError);
    expect(error).toMatchObject({ code: "CASSETTE_DRAWING_TOO_COSTLY" });
    expect(screens).toBeLessThan(200);
  });

  it("reads every screen of a usual size, however many inputs there are", async () => {
    await using cassette = await cassetteWithInputs(3_000, [60, 200]);
    expect(await screensRead(cassette)).toEqual({ screens: 3_000, error: null });
  });
});
