import { buildSync } from "esbuild";
import { defineConfig } from "tsup";
import { base } from "../../tsup.base.js";
import manifest from "./package.json" with { type: "json" };

const style =
  buildSync({ entryPoints: ["client/style.css"], minify: true, write: false }).outputFiles[0]?.text ?? "";
const STYLE = { __PAGE_STYLE__: JSON.stringify(style.trim()) };

const BROWSERS = {
  platform: "browser" as const,
  target: ["es2022", "chrome123", "firefox121", "safari17.5"],
};

export default defineConfig([
  {
    ...base,
    entry: ["src/index.ts", "src/gif-worker.ts", "src/page.ts"],
    // Loaded where they are needed; the bundler leaves out only ordinary dependencies by itself.
    external: Object.keys(manifest.optionalDependencies),
    define: { ...STYLE, __PAGE_SCRIPT__: JSON.stringify(clientCode()) },
  },
  {
    ...base,
    ...BROWSERS,
    entry: { player: "client/player-element.ts" },
    minify: true,
    splitting: false,
    clean: false,
    noExternal: [/.*/],
    define: STYLE,
  },
]);

/** The script of the page, whole and small. */
function clientCode(): string {
  const { outputFiles } = buildSync({
    ...BROWSERS,
    entryPoints: ["client/page.ts"],
    bundle: true,
    minify: true,
    write: false,
    format: "iife",
    charset: "utf8",
    define: STYLE,
  });
  return outputFiles[0]?.text.trim() ?? "";
}
