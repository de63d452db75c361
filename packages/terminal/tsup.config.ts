import { readFileSync } from "node:fs";
import { defineConfig } from "tsup";
import { base } from "../../tsup.base.js";

const { version } = JSON.parse(readFileSync("package.json", "utf8")) as { version: string };

export default defineConfig({
  ...base,
  define: { __TERMINAL_VERSION__: JSON.stringify(version) },
  entry: [
    "src/index.ts",
    "src/editing.ts",
    "src/masks.ts",
    "src/parts.ts",
    "src/recordings.ts",
    "src/script.ts",
    "src/scrubbing.ts",
    "src/yaml.ts",
    "src/pattern-worker.ts",
  ],
});
