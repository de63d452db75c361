import { readFileSync } from "node:fs";
import { defineConfig } from "tsup";
import { base } from "../../tsup.base.js";

const VALIBOT = "../format/node_modules/valibot";
const define = {
  __CLI_VERSION__: JSON.stringify(versionIn(".")),
  __STUB_PARTS__: JSON.stringify({
    "@cassette/core": versionIn("../core"),
    "@cassette/format": versionIn("../format"),
  }),
};

export default defineConfig([
  { ...base, entry: ["src/main.ts", "src/worker.ts"], define, clean: ["!stub-in-one.*"] },
  {
    ...base,
    entry: { "stub-in-one": "src/plain-stub.ts" },
    define,
    clean: false,
    sourcemap: false,
    splitting: false,
    noExternal: [/^@cassette\/(core|format)/, "valibot"],
    banner: { js: `/*! Contains parts of valibot:\n${readFileSync(`${VALIBOT}/LICENSE.md`, "utf8")}*/` },
  },
]);

function versionIn(dir: string): string {
  const { version } = JSON.parse(readFileSync(`${dir}/package.json`, "utf8")) as { version: string };
  return version;
}
