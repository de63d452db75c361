// Finds cycles of imports between files, and between folders, inside one package.
import { posix } from "node:path";

const IMPORT =
  /(?:^|[;\n}]\s*)(?:import|export)\b(?!\s+type\b)[^;"']*?["'](\.[^"']*)["']|\bimport\(\s*["'](\.[^"']*)["']/g;

/**
 * Checks one package's sources.
 * @param {string} name folder of the package
 * @param {ReadonlyMap<string, string>} files path inside the package (with /) → text
 * @returns {string[]} violations, each one sentence
 */
export function checkCycles(name, files) {
  return findImportCycles(files).map((nodes) => `${name}: ${nodes.join(", ")} import one another.`);
}

/**
 * @param {ReadonlyMap<string, string>} files path inside the package (with /) → text; tests are left out
 * @returns {string[][]} the files, and the folders, of each cycle, sorted
 */
export function findImportCycles(files) {
  const sources = [...files].filter(([path]) => path.startsWith("src/") && !/\.test\.\w+$/.test(path));
  const byFile = new Map(sources.map(([path, text]) => [path, importsOf(path, text, files)]));
  return [...findCycles(byFile), ...findCycles(byFolder(byFile))];
}

/** Imports of types do not count: nothing is loaded for them. */
function importsOf(path, text, files) {
  const found = new Set();
  for (const [, statement, expression] of text.matchAll(IMPORT)) {
    const target = posix.join(posix.dirname(path), statement ?? expression).replace(/\.js$/, ".ts");
    if (files.has(target)) found.add(target);
  }
  return found;
}

/** @param {ReadonlyMap<string, ReadonlySet<string>>} graph of files */
function byFolder(graph) {
  /** @type {Map<string, Set<string>>} */
  const folders = new Map();
  for (const [path, targets] of graph) {
    const folder = posix.dirname(path);
    const reached = folders.get(folder) ?? new Set();
    folders.set(folder, reached);
    for (const target of targets) if (posix.dirname(target) !== folder) reached.add(posix.dirname(target));
  }
  return folders;
}

/**
 * Strongly connected components of more than one node, by Tarjan's algorithm.
 * @param {ReadonlyMap<string, ReadonlySet<string>>} graph
 */
function findCycles(graph) {
  const state = { graph, order: new Map(), low: new Map(), stack: [], cycles: [] };
  for (const node of graph.keys()) if (!state.order.has(node)) visit(state, node);
  return state.cycles;
}

function visit(state, node) {
  const { graph, order, low, stack, cycles } = state;
  order.set(node, order.size);
  low.set(node, order.get(node));
  stack.push(node);
  for (const next of graph.get(node) ?? []) {
    if (!order.has(next)) visit(state, next);
    if (stack.includes(next)) low.set(node, Math.min(low.get(node), low.get(next)));
  }
  if (low.get(node) !== order.get(node)) return;
  const component = stack.splice(stack.indexOf(node));
  if (component.length > 1) cycles.push(component.sort());
}
