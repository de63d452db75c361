import { readFileSync } from "node:fs";
import { defineConfig } from "tsup";
import { base } from "../../tsup.base.js";

const { version } = JSON.parse(readFileSync("package.json", "utf8")) as { version: string };

export default defineConfig({
  ...base,
  entry: ["src/index.ts", "src/reader.ts", "src/archive.ts", "src/http.ts", "src/browser.ts"],
  define: { __CORE_VERSION__: JSON.stringify(version) },
});
