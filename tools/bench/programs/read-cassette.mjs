// Opens and verifies a cassette; with --replay it also delivers every event: node read-cassette.mjs CASSETTE [--replay]
import { openCassette, replay } from "@cassette/core/reader";

const [dir = "", how] = process.argv.slice(2);
const cassette = await openCassette(dir);
if (how === "--replay") for await (const _ of replay(cassette, { mode: "collapsed" }));
await cassette.close();
