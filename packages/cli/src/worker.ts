import { parentPort, workerData } from "node:worker_threads";
import { serveJobs } from "./lib/workers/serve-jobs.js";

if (parentPort) serveJobs(parentPort, workerData);
