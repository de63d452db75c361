export { type IndexOptions, type IndexOutcome, indexRecordings } from "./lib/indexing/index-recordings.js";
export type { RefusedInput } from "./lib/indexing/lanes.js";
export { areTables } from "./lib/layout/layout.js";
export type { Shard } from "./lib/layout/shard.js";
export { type PruneOptions, type PruneOutcome, pruneRecordings } from "./lib/prune/prune-recordings.js";
export type { Kept, PruneRules } from "./lib/prune/select.js";
export { NAMED_QUERIES, type NamedQuery } from "./lib/query/named-queries.js";
export {
  openQuery,
  type QueryOptions,
  type QueryResult,
  type ResultValue,
  type TablesQuery,
} from "./lib/query/open-query.js";
export { type CandidateSearch, type Candidates, findCandidates } from "./lib/search/find-candidates.js";
