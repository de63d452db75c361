// Opens archives, one after the other: open-archives.mjs FILE... Prints for each its outcome and milliseconds, then the most memory held, in MB.
import { openArchive } from "../../dist/archive.js";
import { openCassette } from "../../dist/reader.js";
import { peakMegabytes } from "./peak-memory.mjs";

const outcomes = [];
for (const path of process.argv.slice(2)) {
  const start = performance.now();
  const outcome = await openArchive(path)
    .then(openCassette)
    .then(
      async (cassette) => {
        await cassette.close();
        return "opened";
      },
      (error) => error.code ?? String(error),
    );
  outcomes.push({ outcome, ms: performance.now() - start });
}
process.stdout.write(JSON.stringify({ outcomes, mb: peakMegabytes() }));
