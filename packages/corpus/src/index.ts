export { type IndexOptions, type IndexOutcome, indexRecordings } from "./lib/indexing/index-recordings.js";
export type { RefusedInput } from "./lib/indexing/lanes.js";
export { areTables } from "./lib/layout/layout.js";
export type { Shard } from "./lib/layout/shard.js";
