// Prunes all passing recordings below a folder; a test kills it at some moment.
import { pruneRecordings } from "../../dist/index.js";

const [root, tables] = process.argv.slice(2);
await pruneRecordings({ root, tables, olderThanMs: 0, keep: ["failing"], isReal: true });
