import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { hourOfLog } from "../hour.mjs";

const PARTS = 4;

/** @param {import("../main.mjs").Bench} bench */
export async function groups({ dir, quick, cassette, spawn }) {
  const bytes = quick ? 8e6 : 100e6;
  const folder = join(dir, "folder");
  mkdirSync(folder);
  for (let part = 0; part < PARTS; part++) await hourOfLog(join(folder, String(part)), bytes / PARTS);
  const run = (...args) => spawn([process.execPath, cassette, ...args, folder]);
  return [
    {
      title: `${bytes / 1e6} MB of log in ${PARTS} cassettes`,
      missing: [],
      jobs: [
        { name: "verify", bytes, run: () => run("verify") },
        { name: "grep -F, everywhere", bytes, run: () => run("grep", "-F", "NEEDLE") },
        { name: "grep -i, everywhere", bytes, run: () => run("grep", "-i", "nee+dle \\d") },
        { name: "grep, in the output", bytes, run: () => run("grep", "NEEDLE", "--in", "output") },
      ],
    },
  ];
}
