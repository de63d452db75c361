import { corpus, drawingJobs, log } from "../../../packages/frames/bench/jobs.mjs";
import { wideText } from "../corpus.mjs";

/** @param {import("../main.mjs").Bench} bench */
export function groups({ quick }) {
  const bytes = quick ? 10e6 : 50e6;
  return [
    { title: "draw and sample full-screen programs", jobs: drawingJobs(corpus(bytes)), missing: [] },
    { title: "draw and sample a log", jobs: drawingJobs(log(bytes)), missing: [] },
    { title: "draw and sample CJK and emoji", jobs: drawingJobs(wideText(bytes / 5)), missing: [] },
  ];
}
