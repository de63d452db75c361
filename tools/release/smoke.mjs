// Runs in a project with only the installed tarballs: loads every entry of every package and replays a cassette.
import { readdirSync, readFileSync } from "node:fs";

/** These register tests or matchers, for test runners only, or an element, for browsers only. */
const ELSEWHERE = ["./suite", "./vitest", "./jest", "./player"];

for (const name of readdirSync("node_modules/@cassette")) {
  const { exports } = JSON.parse(readFileSync(`node_modules/@cassette/${name}/package.json`, "utf8"));
  for (const entry of Object.keys(exports ?? {})) {
    if (entry.endsWith(".json") || ELSEWHERE.includes(entry)) continue;
    await import(`@cassette/${name}${entry.slice(1)}`);
  }
}
const { openCassette, replay } = await import("@cassette/core/reader");
const cassette = await openCassette(process.argv[2] ?? "");
for await (const event of replay(cassette, { mode: "collapsed" })) {
  if (event.kind === "frame") console.log(event.record.text.join("\n").trimEnd());
}
await cassette.close();
