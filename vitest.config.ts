import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["packages/*/{src,test}/**/*.test.ts", "tools/**/*.test.{ts,mjs}"],
    testTimeout: 30_000,
  },
});
