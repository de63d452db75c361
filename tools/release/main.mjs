#!/usr/bin/env node
// A dry run of a release: checks each package as its users would receive it. Nothing is published.
// Usage: pnpm release [--nodes 20,22,24]
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { manifestOf, pack, publicPackages } from "../pack.mjs";
import { checkBudgets } from "./budgets.mjs";
import { createConsumer } from "./consumer.mjs";
import { lintTarball } from "./lint-tarball.mjs";
import { fetchNodes, runOnNode } from "./nodes.mjs";
import { checkTypes } from "./types.mjs";

const { values } = parseArgs({ options: { nodes: { type: "string", default: "20,22,24" } } });
const dir = mkdtempSync(join(tmpdir(), "cassette-release-"));
let failed = 0;
try {
  const names = publicPackages();
  const tarballs = step(`pack ${names.join(", ")}`, () => pack(names, join(dir, "tarballs"))) ?? [];
  for (const [index, tarball] of tarballs.entries()) step(`lint ${names[index]}`, () => lintTarball(tarball));
  const consumer = step("install the tarballs", () => createConsumer(join(dir, "consumer"), tarballs));
  if (consumer) {
    step("sizes", () => checkBudgets(consumer, entriesOf(names)));
    step("types", () => checkTypes(consumer));
  }
  const versions = values.nodes.split(",");
  const nodes =
    step(`fetch Node ${versions.join(", ")}`, () => fetchNodes(join(dir, "nodes"), versions)) ?? [];
  for (const { version, bin } of nodes) {
    step(`use on Node ${version}`, () => runOnNode(bin, join(dir, `on-node-${version}`), tarballs));
  }
} finally {
  rmSync(dir, { recursive: true, force: true });
}
console.log(
  failed === 0 ? "Ready to release." : `Not ready: ${failed} ${failed === 1 ? "step" : "steps"} failed.`,
);
process.exitCode = failed === 0 ? 0 : 1;

/**
 * Runs one step and prints its result. A failure does not stop the other steps.
 * @template T
 * @param {string} title
 * @param {() => T} run
 * @returns {T | undefined} undefined if it failed
 */
function step(title, run) {
  try {
    const result = run();
    console.log(`ok   ${title}`);
    return result;
  } catch (error) {
    failed++;
    const { stdout = "", stderr = "", message } = /** @type {any} */ (error);
    console.log(`FAIL ${title}\n${[stdout, stderr, stdout || stderr ? "" : message].join("").trim()}`);
    return undefined;
  }
}

/** Every entry of every package: `@cassette/core`, `@cassette/core/reader`, … */
function entriesOf(names) {
  return names.flatMap((name) =>
    Object.keys(manifestOf(name).exports)
      .filter((entry) => !entry.endsWith(".json"))
      .map((entry) => `@cassette/${name}${entry.slice(1)}`),
  );
}
