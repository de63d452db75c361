import { defineConfig } from "tsup";
import { base } from "../../tsup.base.js";
import manifest from "./package.json" with { type: "json" };

export default defineConfig({
  ...base,
  entry: ["src/index.ts", "src/gif-worker.ts"],
  // Loaded where they are needed; the bundler leaves out only ordinary dependencies by itself.
  external: Object.keys(manifest.optionalDependencies),
});
