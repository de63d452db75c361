import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

/** Tests of real terminals and processes. */
const APART = ["packages/{cli,pty}/test/**/*.test.ts"];

export default defineConfig({
  test: {
    reporters: ["default", "./tools/tally-reporter.mjs"],
    testTimeout: process.env.CASSETTE_SOAK ? 3_600_000 : 180_000,
    hookTimeout: 180_000,
    // Tests of terminals wait for half of their time, so that two cores serve three workers.
    maxWorkers: Math.ceil(availableParallelism() * 1.5),
    projects: [
      {
        extends: true,
        // These leave nothing behind in their process, so that they may share one: starting it took half of their time.
        test: {
          name: "shared",
          include: ["packages/*/{src,test}/**/*.test.ts"],
          exclude: APART,
          isolate: false,
        },
      },
      {
        extends: true,
        test: { name: "apart", include: [...APART, "tools/**/*.test.mjs"] },
      },
    ],
  },
});
