import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { buildSync } from "esbuild";

/**
 * The maximum size of each entry of a package, minified and gzipped, and the packages it may bundle.
 * @type {Record<string, { kib: number, packages: string[] }>}
 */
const BUDGETS = JSON.parse(readFileSync(join(import.meta.dirname, "budgets.json"), "utf8"));

/**
 * Bundles each entry as a user's bundler would and checks it against its budget.
 * @param {string} consumer a project with the packages installed
 * @param {readonly string[]} entries
 */
export function checkBudgets(consumer, entries) {
  const weighed = entries.map((entry) => weigh(consumer, entry));
  const faults = weighed.flatMap(({ fault }) => fault ?? []);
  for (const { entry, kib } of weighed) console.log(`     ${entry} ${kib.toFixed(1)} KiB`);
  if (faults.length > 0) throw new Error(faults.join("\n"));
}

function weigh(consumer, entry) {
  const { bytes, packages } = bundle(consumer, entry);
  const kib = bytes / 1024;
  const budget = BUDGETS[entry];
  if (!budget) return { entry, kib, fault: `${entry} has no budget in tools/release/budgets.json.` };
  const foreign = packages.filter((name) => !budget.packages.includes(name));
  if (foreign.length > 0)
    return { entry, kib, fault: `${entry} bundles ${foreign.join(", ")}, which its budget does not list.` };
  if (kib > budget.kib)
    return { entry, kib, fault: `${entry} has ${kib.toFixed(1)} KiB; its budget is ${budget.kib}.` };
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
    external: ["node-pty", "vitest", "@resvg/resvg-js", "fflate", "@duckdb/node-api", "https-proxy-agent"],
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
