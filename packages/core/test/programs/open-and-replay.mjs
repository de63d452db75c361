// Opens a cassette and replays it collapsed: open-and-replay.mjs DIR. Prints events, or the code of a refusal, and the
// most memory it held, in MB.
import { openCassette, replay } from "../../dist/reader.js";
import { peakMegabytes } from "./peak-memory.mjs";

const [dir] = process.argv.slice(2);
let outcome = 0;
try {
  const cassette = await openCassette(dir);
  for await (const _event of replay(cassette, { mode: "collapsed" })) outcome++;
  await cassette.close();
} catch (error) {
  outcome = error.code;
}
process.stdout.write(`${outcome} ${Math.round(peakMegabytes())}`);
