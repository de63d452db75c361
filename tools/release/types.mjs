import { execFileSync } from "node:child_process";
import { cpSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

const root = dirname(dirname(import.meta.dirname));
const TSCONFIG = {
  compilerOptions: {
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    module: "nodenext",
    target: "es2023",
    noEmit: true,
    types: ["node"],
    typeRoots: [join(root, "node_modules/@types")],
  },
  include: ["types/*.ts"],
};

/**
 * Compiles the type tests of `types/` against a project's installed packages, including the declarations of dependencies.
 * @param {string} consumer
 */
export function checkTypes(consumer) {
  cpSync(join(import.meta.dirname, "types"), join(consumer, "types"), { recursive: true });
  writeFileSync(join(consumer, "tsconfig.json"), JSON.stringify(TSCONFIG));
  execFileSync(join(root, "node_modules/.bin/tsc"), ["-p", consumer], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
  });
}
