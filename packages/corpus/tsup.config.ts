import { defineConfig } from "tsup";
import { base } from "../../tsup.base.js";

export default defineConfig({
  ...base,
  entry: ["src/index.ts", "src/index-worker.ts"],
  // Loaded where it is needed; the bundler leaves out only ordinary dependencies by itself.
  external: ["@duckdb/node-api"],
});
