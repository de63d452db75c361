import { readFileSync } from "node:fs";
import { defineConfig, type Options } from "tsup";
import { base } from "../../tsup.base.js";

const LIBRARIES = {
  commander: "node_modules/commander/LICENSE",
  valibot: "../format/node_modules/valibot/LICENSE.md",
  "@xterm/headless": "../frames/node_modules/@xterm/addon-unicode11/LICENSE",
  "@xterm/addon-unicode11": "../frames/node_modules/@xterm/addon-unicode11/LICENSE",
};
const STUB_PARTS = ["core", "format"];
const RECORD_PARTS = ["core", "format", "frames", "pty", "scrub", "terminal"];

const define = {
  __COMMANDER__: JSON.stringify("./commander.cjs"),
  __CLI_VERSION__: JSON.stringify(versionIn(".")),
  __STUB_PARTS__: versionsOf(STUB_PARTS),
  __RECORD_PARTS__: versionsOf(RECORD_PARTS),
};

export default defineConfig([
  {
    ...base,
    entry: { run: "src/run.ts", stub: "src/stub.ts", worker: "src/worker.ts" },
    define,
    clean: ["!*.cjs"],
  },
  // Splitting would turn `import()` into `require()`, which loads modules only from Node 22.12 on.
  {
    ...base,
    entry: ["src/main.ts"],
    format: "cjs",
    define,
    clean: false,
    splitting: false,
    noExternal: packages(["format"]),
  },
  inOne({ entry: { commander: "node_modules/commander/index.js" } }, ["commander"]),
  inOne({ entry: { "stub-in-one": "src/stub.ts" }, noExternal: packages(STUB_PARTS) }, ["valibot"]),
  inOne({ entry: { "record-in-one": "src/record.ts" }, noExternal: packages(RECORD_PARTS), shims: true }, [
    "valibot",
    "@xterm/headless",
    "@xterm/addon-unicode11",
  ]),
]);

/** What has libraries in it names their licences. */
function inOne(options: Options, libraries: readonly (keyof typeof LIBRARIES)[]): Options {
  const licences = libraries.map((library) => `${library}:\n${readFileSync(LIBRARIES[library], "utf8")}`);
  return {
    ...base,
    define,
    format: "cjs",
    clean: false,
    sourcemap: false,
    splitting: false,
    ...options,
    noExternal: [...(options.noExternal ?? []), ...libraries],
    banner: { js: `/*! Contains parts of ${licences.join("\n")}*/` },
  };
}

function packages(names: readonly string[]): RegExp[] {
  return [new RegExp(`^@cassette/(${names.join("|")})`)];
}

function versionsOf(names: readonly string[]): string {
  return JSON.stringify(
    Object.fromEntries(names.map((name) => [`@cassette/${name}`, versionIn(`../${name}`)])),
  );
}

function versionIn(dir: string): string {
  const { version } = JSON.parse(readFileSync(`${dir}/package.json`, "utf8")) as { version: string };
  return version;
}
