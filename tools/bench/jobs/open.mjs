import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { createRecorder, openCassette } from "@cassette/core";
import { seeded } from "../corpus.mjs";

export const title = "open and verify a cassette of 4 KiB chunks";

const CHUNK = 4_096;

/** @param {{ dir: string, quick: boolean }} bench */
export async function jobs({ dir, quick }) {
  const bytes = quick ? 64e6 : 1e9;
  const target = join(dir, "open.cassette");
  await record(target, bytes);
  const raw = join(target, "output.raw");
  return {
    jobs: [
      {
        name: "sha256sum output.raw",
        bytes,
        run: () => execFileSync("sha256sum", [raw], { stdio: "ignore" }),
      },
      {
        name: "openCassette",
        bytes,
        run: async () => {
          const cassette = await openCassette(target);
          await cassette.close();
        },
      },
    ],
    missing: [],
  };
}

async function record(target, bytes) {
  const emulator = { name: "none", version: "0" };
  const recorder = await createRecorder(target, { manifest: { terminal: { emulator } }, overwrite: true });
  const random = seeded(2);
  const chunk = Uint8Array.from({ length: CHUNK }, () => 32 + Math.floor(random() * 90));
  for (let written = 0; written < bytes; written += CHUNK) {
    recorder.recordOutput(chunk);
    await recorder.drain();
  }
  recorder.recordFinal({});
  await recorder.close();
}
