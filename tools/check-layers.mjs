#!/usr/bin/env node
// Fails when a manifest or an import breaks the layering, or imports form a cycle. Usage: node tools/check-layers.mjs
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { checkCycles } from "./import-cycles.mjs";
import { checkFiles, checkManifest } from "./layers.mjs";

const packages = join(dirname(import.meta.dirname), "packages");
const violations = readdirSync(packages).flatMap((name) => {
  const folder = join(packages, name);
  const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const files = sourcesOf(folder);
  return [
    ...checkManifest(name, manifest),
    ...checkFiles(name, manifest, files),
    ...checkCycles(name, files),
  ];
});
for (const violation of violations) console.error(`layers: ${violation}`);
process.exit(violations.length === 0 ? 0 : 1);

/** @param {string} folder */
function sourcesOf(folder) {
  /** @type {Map<string, string>} */
  const files = new Map();
  for (const top of ["src", "test", "bench"]) {
    for (const path of walk(join(folder, top))) {
      files.set(relative(folder, path).split(sep).join("/"), readFileSync(path, "utf8"));
    }
  }
  return files;
}

/** @param {string} folder @returns {string[]} */
function walk(folder) {
  /** @type {import("node:fs").Dirent[]} */
  let entries;
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
  return entries.flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return walk(path);
    return /\.[cm]?[jt]sx?$/.test(entry.name) ? [path] : [];
  });
}
