import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["packages/*/{src,test}/**/*.test.ts", "tools/**/*.test.mjs"],
    reporters: ["default", "./tools/tally-reporter.mjs"],
    testTimeout: process.env.CASSETTE_SOAK ? 3_600_000 : 60_000,
    hookTimeout: 60_000,
    // One worker fewer than there are cores is what two cores would get unasked: one.
    maxWorkers: "100%",
  },
});
