import { join } from "node:path";
import { hourOfLog, hourOfScreens } from "../hour.mjs";

/**
 * A stub prints a recording of an hour as fast as it can.
 * @param {import("../main.mjs").Bench} bench
 */
export async function groups({ dir, quick, cassette, spawn }) {
  const screens = await hourOfScreens(join(dir, "screens"), quick ? 2e6 : 10e6, cassette);
  const log = await hourOfLog(join(dir, "log"), quick ? 4e6 : 20e6, cassette);
  const stub = (recording) => spawn([process.execPath, cassette, "stub", recording]);
  return [
    {
      title: "an hour",
      missing: [],
      jobs: [
        { name: "node -e 0", run: () => spawn([process.execPath, "-e", "0"]) },
        { name: "stub of a full-screen program", run: () => stub(screens) },
        { name: "stub of a log", run: () => stub(log) },
      ],
    },
  ];
}
