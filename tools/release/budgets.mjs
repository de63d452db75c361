import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { buildSync } from "esbuild";

/**
 * What each way into a package may weigh, minified and gzipped, and which packages it may bring.
 * @type {Record<string, { kib: number, packages: string[] }>}
 */
const BUDGETS = JSON.parse(readFileSync(join(import.meta.dirname, "budgets.json"), "utf8"));

/**
 * Bundles each entry as its user's bundler would and holds it to its budget.
 * @param {string} consumer a project with the packages installed
 * @param {readonly string[]} entries
 */
export function checkBudgets(consumer, entries) {
  const verdicts = entries.map((entry) => judge(consumer, entry));
  const faults = verdicts.flatMap(({ fault }) => fault ?? []);
  for (const { entry, kib } of verdicts) console.log(`     ${entry} ${kib.toFixed(1)} KiB`);
  if (faults.length > 0) throw new Error(faults.join("\n"));
}

function judge(consumer, entry) {
  const { bytes, packages } = bundle(consumer, entry);
  const kib = bytes / 1024;
  const budget = BUDGETS[entry];
  if (!budget) return { entry, kib, fault: `${entry} has no budget in tools/release/budgets.json.` };
  const foreign = packages.filter((name) => !budget.packages.includes(name));
  if (foreign.length > 0) return { entry, kib, fault: `${entry} brings ${foreign.join(", ")}.` };
  if (kib > budget.kib)
    return { entry, kib, fault: `${entry} has ${kib.toFixed(1)} KiB; ${budget.kib} are allowed.` };
  return { entry, kib };
}

function bundle(consumer, entry) {
  const { outputFiles, metafile } = buildSync({
    stdin: { contents: `export * from "${entry}";`, resolveDir: consumer },
    bundle: true,
    minify: true,
    write: false,
    metafile: true,
    platform: "node",
    format: "esm",
    target: "node20",
    external: ["node-pty", "vitest"],
    absWorkingDir: consumer,
    logLevel: "silent",
  });
  const names = Object.keys(metafile.inputs).map(
    (path) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1],
  );
  return {
    bytes: outputFiles.reduce((sum, { contents }) => sum + gzipSync(contents).length, 0),
    packages: [...new Set(names)].filter((name) => name !== undefined),
  };
}
