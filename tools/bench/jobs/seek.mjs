import { corpus, log, seekJobs } from "../../../packages/frames/bench/jobs.mjs";

/**
 * The screen at any moment of a long recording.
 * @param {import("../main.mjs").Bench} bench
 */
export async function groups({ quick }) {
  const megabytes = quick ? 10 : 100;
  return [
    {
      title: `${megabytes} MB of full-screen programs`,
      missing: [],
      ...(await seekJobs(corpus(megabytes * 1e6))),
    },
    { title: `${megabytes} MB of a log`, missing: [], ...(await seekJobs(log(megabytes * 1e6))) },
  ];
}
