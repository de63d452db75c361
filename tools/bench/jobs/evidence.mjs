import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { createRecorder, openCassette, replay } from "@cassette/core";
import { seeded } from "../corpus.mjs";

/** @param {import("../main.mjs").Bench} bench */
export async function groups({ dir, quick }) {
  const corpora = [
    { title: "64 MB in 4 KiB chunks", chunk: 4_096, chunks: 16_384 },
    { title: "200,000 chunks of one byte", chunk: 1, chunks: 200_000 },
    ...(quick ? [] : [{ title: "1 GB in 4 KiB chunks", chunk: 4_096, chunks: 262_144 }]),
  ];
  const prepared = [];
  for (const [index, corpus] of corpora.entries())
    prepared.push(await group(join(dir, `${index}.cassette`), corpus));
  return prepared;
}

/** Recording, opening and replaying one corpus, against `sha256sum` of its bytes. */
async function group(target, { title, chunk, chunks }) {
  const random = seeded(2);
  const bytes = Uint8Array.from({ length: chunk }, () => 32 + Math.floor(random() * 90));
  await commit(await record(target, bytes, chunks));
  const opened = await openCassette(target);
  const size = chunk * chunks;
  return {
    title,
    missing: [],
    close: () => opened.close(),
    jobs: [
      { name: "sha256sum", bytes: size, run: () => execFileSync("sha256sum", [join(target, "output.raw")]) },
      {
        name: "record",
        bytes: size,
        records: chunks,
        run: async () => {
          const recorder = await record(`${target}.new`, bytes, chunks);
          return () => recorder.abort();
        },
      },
      {
        name: "record, verify and commit",
        bytes: size,
        records: chunks,
        run: async () => commit(await record(target, bytes, chunks)),
      },
      {
        name: "open and verify",
        bytes: size,
        records: chunks,
        run: async () => (await openCassette(target)).close(),
      },
      {
        name: "replay, collapsed",
        records: chunks,
        run: async () => {
          let events = 0;
          for await (const _ of replay(opened, { mode: "collapsed" })) events++;
          if (events !== chunks + 1) throw new Error(`${events} events`);
        },
      },
    ],
  };
}

/** Passes every chunk to a recorder and waits until it is written. */
async function record(target, bytes, chunks) {
  const manifest = { terminal: { emulator: { name: "none", version: "0" } } };
  const recorder = await createRecorder(target, { manifest, overwrite: true });
  for (let i = 0; i < chunks; i++) {
    recorder.recordOutput(bytes);
    await recorder.drain();
  }
  recorder.recordFinal();
  return recorder;
}

/** Closes the recording: syncs, reads back, verifies and renames it. */
async function commit(recorder) {
  await recorder.close();
}
