// The one rule (ARCHITECTURE.md): leaf packages depend on the format only; the compositions, testing and cli, wire them together.
import { builtinModules } from "node:module";

/**
 * What each package may use besides Node and its own files. `oneFile`: libraries that only one source file may import; `lazy`:
 * packages that may be imported only dynamically or as types.
 * @type {Record<string, { siblings: string[], libraries: string[], oneFile?: string[], lazy?: string[] }>}
 */
export const LAYERS = {
  format: { siblings: [], libraries: ["valibot"] },
  scrub: { siblings: ["format"], libraries: [] },
  pty: { siblings: ["format"], libraries: ["node-pty", "koffi"], oneFile: ["node-pty", "koffi"] },
  frames: {
    siblings: ["format"],
    libraries: ["@xterm/headless", "@xterm/addon-unicode11"],
    oneFile: ["@xterm/headless"],
  },
  // Its library is optional: only proxies need it.
  core: {
    siblings: ["format"],
    libraries: ["https-proxy-agent"],
    oneFile: ["https-proxy-agent"],
    lazy: ["https-proxy-agent"],
  },
  convert: { siblings: ["format"], libraries: [] },
  // Its libraries are optional: pictures of pixels load them on use.
  render: {
    siblings: ["format"],
    libraries: ["@resvg/resvg-js", "dejavu-fonts-ttf", "fflate", "gifenc"],
    oneFile: ["@resvg/resvg-js", "dejavu-fonts-ttf", "fflate", "gifenc"],
    lazy: ["@resvg/resvg-js", "fflate", "gifenc"],
  },
  // The composition as a library; loads pty only when a real program is started.
  terminal: {
    siblings: ["format", "scrub", "pty", "frames", "core", "convert"],
    libraries: ["valibot", "yaml"],
    lazy: ["@cassette/pty"],
  },
  // On top: many cassettes as tables. The database is optional.
  corpus: {
    siblings: ["format", "core", "terminal"],
    libraries: ["hyparquet", "hyparquet-writer", "@duckdb/node-api"],
    oneFile: ["hyparquet", "hyparquet-writer", "@duckdb/node-api"],
    lazy: ["@duckdb/node-api"],
  },
  // On top: loads pty only to identify a program, render only to draw a failure.
  testing: {
    siblings: ["format", "scrub", "pty", "frames", "core", "convert", "render", "terminal"],
    libraries: ["valibot", "yaml", "vitest"],
    lazy: ["@cassette/pty", "@cassette/render"],
  },
  // On top as well; uses testing for `cassette test`.
  cli: {
    siblings: [
      "format",
      "scrub",
      "pty",
      "frames",
      "core",
      "convert",
      "render",
      "terminal",
      "testing",
      "corpus",
    ],
    libraries: ["@pnpm/tabtab", "commander", "https-proxy-agent", "valibot", "yaml"],
  },
};

/** Outside libraries that only their own package may name, in any string. */
const OWNED = new Set(
  Object.values(LAYERS)
    .flatMap((layer) => layer.oneFile ?? [])
    .concat("valibot"),
);
const BUILTINS = new Set(builtinModules);
const STRING = /(["'`])((?:@[\w.-]+\/)?[\w.-]+(?:\/[\w./-]*)?|\.{1,2}\/[^"'`\n]*)\1/g;
const IMPORT =
  /(?:(?<![.\w])from|\bimport|\brequire|\b(?:require|import\.meta)\.resolve|\bvi\.\w*[mM]ock|<reference \w+=)\s*\(?\s*(["'])([^"'\n]+)\1/g;

/**
 * Checks one package's manifest.
 * @param {string} name folder of the package
 * @param {Record<string, any>} manifest its package.json
 * @returns {string[]} violations, each one sentence
 */
export function checkManifest(name, manifest) {
  const layer = LAYERS[name];
  if (!layer) return [`${name} has no entry in tools/layers.mjs.`];
  const found = [];
  for (const field of ["dependencies", "peerDependencies", "optionalDependencies", "devDependencies"]) {
    for (const dependency of Object.keys(manifest[field] ?? {})) {
      if (!mayUse(layer, dependency, field === "devDependencies")) {
        found.push(`${name} may not list ${dependency} in ${field}.`);
      }
    }
  }
  return found;
}

/**
 * Checks the source files of one package.
 * @param {string} name folder of the package
 * @param {Record<string, any>} manifest its package.json
 * @param {Map<string, string>} files path inside the package (with /) → text
 * @returns {string[]} violations, each one sentence that names the file
 */
export function checkFiles(name, manifest, files) {
  const layer = LAYERS[name];
  if (!layer) return [];
  const found = [];
  for (const [path, text] of files) {
    for (const violation of checkFile(name, manifest, path, text))
      found.push(`${name}/${path} ${violation}.`);
  }
  for (const [library, paths] of importersOf(layer.oneFile ?? [], name, files)) {
    if (paths.size > 1)
      found.push(
        `${name}: ${library} may be imported by one file only, not by ${[...paths].sort().join(" and ")}.`,
      );
  }
  return found;
}

/** What is wrong in a file, as ends of sentences about it. */
function checkFile(name, manifest, path, text) {
  const layer = LAYERS[name];
  const isTest = isTestFile(path);
  const lazy = isTest ? [] : (layer.lazy ?? []);
  const eager = lazy.filter((library) => importsEagerly(text, library));
  const violations = specifiersIn(text, name).map((specifier) =>
    checkSpecifier(layer, manifest, path, specifier, isTest),
  );
  return [
    ...eager.map((library) => `may import ${library} only dynamically, or its types`),
    ...violations.filter((violation) => violation !== null),
  ];
}

function isTestFile(path) {
  return /\.test\.|^test\/|^bench\//.test(path);
}

/**
 * The files that load each of some libraries; a declaration file only declares one to the compiler.
 * @returns {Map<string, Set<string>>}
 */
function importersOf(libraries, name, files) {
  const importers = new Map();
  for (const [path, text] of files) {
    if (isTestFile(path) || path.endsWith(".d.ts")) continue;
    for (const library of specifiersIn(text, name).map(packageOf)) {
      if (libraries.includes(library))
        importers.set(library, (importers.get(library) ?? new Set()).add(path));
    }
  }
  return importers;
}

/**
 * Every specifier that a file imports, in any form, and every string that names one of our packages or an owned library: even
 * an unforeseen form of import must contain the name.
 */
function specifiersIn(text, name) {
  const found = new Set();
  for (const match of text.matchAll(IMPORT)) found.add(match[2]);
  for (const match of text.matchAll(STRING)) {
    if (/^@cassette\//.test(match[2]) || OWNED.has(packageOf(match[2])) || match[2].startsWith(".."))
      found.add(match[2]);
  }
  for (const match of text.matchAll(/`(@cassette\/[^`]*)`/g)) found.add(match[1].replace(/\$\{.*/, "*"));
  const own = `@cassette/${name}`;
  return [...found].filter((specifier) => specifier !== own && !specifier.startsWith(`${own}/`));
}

/** Whether loading a file also loads a library. */
function importsEagerly(text, library) {
  const statements = text.matchAll(/^(?:import|export)\b(?!\s*\()([^;"'(]*)["']([^"']+)["']/gm);
  return [...statements].some(
    ([, what, specifier]) => packageOf(specifier) === library && !/^\s+type\s/.test(what),
  );
}

function checkSpecifier(layer, manifest, path, specifier, isTest) {
  if (specifier.startsWith("."))
    return leavesPackage(layer, path, specifier, isTest) ? `reaches out of its package (${specifier})` : null;
  return mayImport(layer, manifest, specifier, isTest) ? null : `may not use ${specifier}`;
}

function mayImport(layer, manifest, specifier, isTest) {
  if (specifier.startsWith("node:") || BUILTINS.has(specifier)) return true;
  // A string that names no package.
  if (!/^(@[\w.-]+\/)?[\w.*-]+(\/|$)/.test(specifier)) return true;
  const library = packageOf(specifier);
  if (isTest && ["vitest", "fast-check"].includes(library)) return true;
  const isForTests = !library.startsWith("@cassette/") && isDeclared(manifest, library, isTest);
  return mayUse(layer, library, isForTests);
}

/** Tests may write pages of `docs`, read the format's conformance data, and use test support of packages they may use. */
function leavesPackage(layer, path, specifier, isTest) {
  let level = path.split("/").length - 1;
  for (const part of specifier.split("/")) {
    if (part === "..") level--;
    if (level < 0) return !(isTest && isShared(layer, specifier));
    if (part !== "." && part !== "..") level++;
  }
  return false;
}

function isShared(layer, specifier) {
  const [, sibling, folder] = /^[./]*\/([\w-]+)\/(\w+)/.exec(specifier) ?? [];
  return (
    /^(\.\.\/)+docs\/[\w-]+\.md$/.test(specifier) ||
    (sibling === "format" && folder === "conformance") ||
    (folder === "test" && layer.siblings.includes(sibling))
  );
}

function mayUse(layer, dependency, extra) {
  const sibling = /^@cassette\/(.+)$/.exec(dependency)?.[1];
  if (sibling !== undefined) return layer.siblings.includes(sibling);
  return extra || layer.libraries.includes(dependency);
}

function isDeclared(manifest, library, isTest) {
  return isTest && Object.hasOwn(manifest.devDependencies ?? {}, library);
}

/** The package of a specifier: `@a/b/c` → `@a/b`, `a/b` → `a`. */
function packageOf(specifier) {
  const parts = specifier.split("/");
  return specifier.startsWith("@") ? parts.slice(0, 2).join("/") : (parts[0] ?? "");
}
