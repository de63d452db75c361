import { parentPort } from "node:worker_threads";
import { matchesFresh, type PatternQuestion } from "./lib/patterns/pattern-tester.js";

parentPort?.on("message", ({ pattern, texts }: PatternQuestion) => {
  parentPort?.postMessage(texts.some((text) => matchesFresh(pattern, text)));
});
