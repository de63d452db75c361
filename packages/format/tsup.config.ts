import { defineConfig } from "tsup";
import { base } from "../../tsup.base.js";

export default defineConfig({
  ...base,
  entry: [
    "src/index.ts",
    "src/schema.ts",
    "src/session.ts",
    "src/units.ts",
    "src/width.ts",
    "src/sequences.ts",
  ],
});
