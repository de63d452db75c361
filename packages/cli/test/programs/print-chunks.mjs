// Writes chunks of a JSON file one by one, then waits for a line.
import { readFileSync, writeSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

for (const group of JSON.parse(readFileSync(process.argv[2], "utf8"))) {
  for (const chunk of group) writeAll(Buffer.from(chunk));
  await sleep(5);
}
writeAll(Buffer.from("\x1bcREADY "));
process.stdin.once("data", () => process.exit(0));

/** The terminal may take a part only. */
function writeAll(bytes) {
  for (let done = 0; done < bytes.length; done += writeSync(1, bytes, done));
}
