/** A query with a name. */
export interface NamedQuery {
  /** What it shows, for the help. */
  about: string;
  sql: string;
}

/** Queries that are ready to use, and examples for others. */
export const NAMED_QUERIES: Readonly<Record<string, NamedQuery>> = {
  "failing-inputs": {
    about: "what was typed in recordings whose program failed",
    sql: `SELECT r.path, r.exit_code, r.exit_signal, t.t_ms, t.text AS typed
FROM texts t JOIN recordings r USING (recording)
WHERE t.place = 'input' AND r.failed ORDER BY r.path, t.seq`,
  },
  failures: {
    about: "recordings whose program failed, the newest first",
    sql: `SELECT recorded_at, path, command, exit_code, exit_signal, duration_ms
FROM recordings WHERE failed ORDER BY recorded_at DESC, path`,
  },
  programs: {
    about: "recordings, failures and time of each program",
    sql: `SELECT program, count(*) AS recordings, count(*) FILTER (failed) AS failures,
  sum(duration_ms)::BIGINT AS duration_ms, sum(output_bytes)::BIGINT AS output_bytes
FROM recordings GROUP BY program ORDER BY recordings DESC, program`,
  },
  slowest: {
    about: "the recordings that took longest",
    sql: "SELECT path, command, duration_ms FROM recordings ORDER BY duration_ms DESC, path LIMIT 50",
  },
  findings: {
    about: "how often each rule masked something",
    sql: `SELECT rule, count(*) AS recordings, sum(hits)::BIGINT AS hits
FROM findings GROUP BY rule ORDER BY hits DESC, rule`,
  },
  days: {
    about: "recordings, failures and bytes of each day",
    sql: `SELECT date, count(*) AS recordings, count(*) FILTER (failed) AS failures, sum(output_bytes)::BIGINT AS output_bytes
FROM recordings GROUP BY date ORDER BY date`,
  },
};
