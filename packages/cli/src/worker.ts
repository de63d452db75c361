import { parentPort, workerData } from "node:worker_threads";
import { serveJobs } from "./lib/program/serve-jobs.js";

if (parentPort) serveJobs(parentPort, workerData);
