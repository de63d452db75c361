import { defineConfig } from "vitest/config";

/** Tests of real terminals and processes. */
const APART = ["packages/{cli,pty}/test/**/*.test.ts"];

export default defineConfig({
  test: {
    reporters: ["default", "./tools/tally-reporter.mjs"],
    testTimeout: process.env.CASSETTE_SOAK ? 3_600_000 : 180_000,
    hookTimeout: 180_000,
    // One worker fewer than there are cores is what two cores would get unasked: one.
    maxWorkers: "100%",
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
