// The one rule (ARCHITECTURE.md): every package depends on the format and on no sibling; only composition roots wire.
import { builtinModules } from "node:module";

/**
 * What each package may use besides Node and its own files. `oneFile`: what one source file alone may import; `lazy`: what is
 * imported dynamically or as types only.
 * @type {Record<string, { siblings: string[], libraries: string[], oneFile?: string[], lazy?: string[] }>}
 */
export const LAYERS = {
  format: { siblings: [], libraries: ["valibot"] },
  scrub: { siblings: ["format"], libraries: [] },
  pty: { siblings: ["format"], libraries: ["node-pty"], oneFile: ["node-pty"] },
  frames: {
    siblings: ["format"],
    libraries: ["@xterm/headless", "@xterm/addon-unicode11", "@xterm/addon-serialize"],
    oneFile: ["@xterm/headless"],
  },
  core: { siblings: ["format"], libraries: [] },
  // The other composition root; loads pty only when a test asks for a real program.
  testing: {
    siblings: ["format", "scrub", "pty", "frames", "core"],
    libraries: ["valibot", "yaml", "vitest"],
    lazy: ["@cassette/pty"],
  },
  // Uses testing for `cassette test`: a thin face of what a test suite calls itself.
  cli: {
    siblings: ["format", "scrub", "pty", "frames", "core", "testing"],
    libraries: ["@pnpm/tabtab", "commander", "valibot", "yaml"],
  },
};

/** Outside libraries that exactly one package may name, in any string. */
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
 * Judges one package's manifest.
 * @param {string} name folder of the package
 * @param {Record<string, any>} manifest its package.json
 * @returns {string[]} violations, each one sentence
 */
export function judgeManifest(name, manifest) {
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
 * Judges the source files of one package.
 * @param {string} name folder of the package
 * @param {Record<string, any>} manifest its package.json
 * @param {Map<string, string>} files path inside the package (with /) → text
 * @returns {string[]} violations, each one sentence that names the file
 */
export function judgeFiles(name, manifest, files) {
  const layer = LAYERS[name];
  if (!layer) return [];
  const found = [];
  /** @type {Map<string, Set<string>>} */
  const owners = new Map();
  for (const [path, text] of files) {
    const isTest = /\.test\.|^test\/|^bench\//.test(path);
    for (const eager of isTest ? [] : (layer.lazy ?? []).filter((library) => importsEagerly(text, library)))
      found.push(`${name}/${path} may import ${eager} only dynamically, or its types.`);
    for (const specifier of specifiersIn(text, name)) {
      const verdict = judgeSpecifier(layer, manifest, path, specifier, isTest);
      if (verdict) found.push(`${name}/${path} ${verdict}.`);
      const library = packageOf(specifier);
      // A declaration file tells the compiler of a library and does not load it.
      if (!isTest && !path.endsWith(".d.ts") && layer.oneFile?.includes(library)) {
        owners.set(library, (owners.get(library) ?? new Set()).add(path));
      }
    }
  }
  for (const [library, paths] of owners) {
    if (paths.size > 1)
      found.push(`${name}: ${library} belongs to one file, not to ${[...paths].sort().join(" and ")}.`);
  }
  return found;
}

/**
 * Every specifier a file imports in whatever form, and every string that names a package of ours or an owned library:
 * a form of import nobody thought of still has to spell the name.
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

/** Whether a file loads a library as soon as it is loaded itself. */
function importsEagerly(text, library) {
  const statements = text.matchAll(/^(?:import|export)\b(?!\s*\()([^;"']*)["']([^"']+)["']/gm);
  return [...statements].some(
    ([, what, specifier]) => packageOf(specifier) === library && !/^\s+type\s/.test(what),
  );
}

function judgeSpecifier(layer, manifest, path, specifier, isTest) {
  if (specifier.startsWith("."))
    return leavesPackage(layer, path, specifier, isTest) ? `reaches out of its package (${specifier})` : null;
  if (specifier.startsWith("node:") || BUILTINS.has(specifier)) return null;
  const library = packageOf(specifier);
  if (
    mayUse(
      layer,
      library,
      isTest && !library.startsWith("@cassette/") && isDeclared(manifest, library, isTest),
    )
  )
    return null;
  if (isTest && ["vitest", "fast-check"].includes(library)) return null;
  if (!/^(@[\w.-]+\/)?[\w.*-]+(\/|$)/.test(specifier)) return null;
  return `may not use ${specifier}`;
}

/** Tests may write pages of `docs`, read the conformance data, which belongs to the format, and use test support of packages they may use. */
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
