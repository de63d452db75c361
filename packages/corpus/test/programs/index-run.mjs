// Indexes a folder; a test kills it at some moment.
import { indexRecordings } from "../../dist/index.js";

const [recordings, tables] = process.argv.slice(2);
await indexRecordings([recordings], { tables });
