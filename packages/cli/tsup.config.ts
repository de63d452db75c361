import { readFileSync } from "node:fs";
import { defineConfig } from "tsup";
import { base } from "../../tsup.base.js";

const define = {
  __COMMANDER__: JSON.stringify("./commander.cjs"),
  __CLI_VERSION__: JSON.stringify(versionIn(".")),
  __STUB_PARTS__: JSON.stringify({
    "@cassette/core": versionIn("../core"),
    "@cassette/format": versionIn("../format"),
  }),
};

export default defineConfig([
  {
    ...base,
    entry: { run: "src/lib/run.ts", "plain-stub": "src/plain-stub.ts", worker: "src/worker.ts" },
    define,
    clean: ["!*.cjs"],
  },
  // Splitting would turn `import()` into `require()`, which loads modules only from Node 22.12 on.
  { ...base, entry: ["src/main.ts"], format: "cjs", define, clean: false, splitting: false },
  {
    ...base,
    entry: { "stub-in-one": "src/plain-stub.ts" },
    format: "cjs",
    define,
    clean: false,
    sourcemap: false,
    splitting: false,
    noExternal: [/^@cassette\/(core|format)/, "valibot"],
    banner: licence("valibot", "../format/node_modules/valibot/LICENSE.md"),
  },
  {
    ...base,
    entry: { commander: "node_modules/commander/index.js" },
    format: "cjs",
    clean: false,
    sourcemap: false,
    splitting: false,
    banner: licence("commander", "node_modules/commander/LICENSE"),
  },
]);

function licence(library: string, file: string): { js: string } {
  return { js: `/*! Contains parts of ${library}:\n${readFileSync(file, "utf8")}*/` };
}

function versionIn(dir: string): string {
  const { version } = JSON.parse(readFileSync(`${dir}/package.json`, "utf8")) as { version: string };
  return version;
}
