#!/usr/bin/env node
// Fails when a checked file contains a phrase of tools/phrases.mjs. Usage: node tools/plain-english.mjs [FILE...]
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { CHECKED, PHRASES } from "./phrases.mjs";

const root = dirname(import.meta.dirname);
const ALLOWED = "plain-english: allow";
const CODE_BLOCK = /^```.*?^```/gms;
const LINK_TARGET = /\]\([^)\n]*\)/g;
const CODE = /`[^`\n]*`/g;
const INTERPOLATION = /\$\{[^}]*\}/g;
/** Comments and strings of source code, and regular expressions, which may contain quotes. */
const TOKEN =
  /\/\*.*?\*\/|\/\/[^\n]*|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`|(?<regExp>(?<=[(,=:[!&|?{};]\s*|\breturn\s+|^\s*)\/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n])+\/\w*)/gms;
/** A blank, or a line break with the marks that continue a comment. */
const BLANK = String.raw`\s+(?:\*\s+|\/\/\s+)?`;
const phrase = (source) =>
  new RegExp(String.raw`(?<![\w-])(?:${source.replaceAll(" ", BLANK)})(?![\w-])`, "gim");
const MATCHERS = PHRASES.map(({ avoid, not, write }) => ({
  avoid: phrase(avoid),
  not: not === undefined ? undefined : phrase(not),
  write,
}));

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const files = process.argv.length > 2 ? process.argv.slice(2) : checkedFiles();
  const found = files.flatMap((file) =>
    findPhrases(file, readFileSync(resolve(root, file), "utf8")).map((finding) => ({ file, ...finding })),
  );
  for (const { file, line, text, write } of found) {
    console.error(`plain English: ${file}:${line}: avoid “${text}”; write ${write}.`);
  }
  process.exitCode = found.length === 0 ? 0 : 1;
}

/**
 * The files that the given pathspecs select, without those of ignored folders.
 * @param {readonly string[]} pathspecs
 * @returns {string[]} paths below the root
 */
export function checkedFiles(pathspecs = CHECKED) {
  const args = ["ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", ...pathspecs];
  const names = execFileSync("git", args, { cwd: root, encoding: "utf8" }).split("\0");
  return names.filter((name) => name !== "" && existsSync(join(root, name)));
}

/**
 * Finds phrases to avoid in the prose of a file.
 * @param {string} file its name says whether it is Markdown
 * @param {string} text
 * @returns {{ line: number, text: string, write: string }[]} in the order of the file
 */
export function findPhrases(file, text) {
  const lines = text.split("\n");
  let prose = file.endsWith(".md") ? proseOfMarkdown(text) : proseOfSource(text);
  const found = [];
  for (const { avoid, not, write } of MATCHERS) {
    const checked = not === undefined ? prose : prose.replace(not, blank);
    for (const { 0: match, index } of checked.matchAll(avoid)) {
      // A word of a longer phrase is not reported a second time.
      prose = prose.slice(0, index) + blank(match) + prose.slice(index + match.length);
      const line = text.slice(0, index).split("\n").length;
      const isAllowed = [lines[line - 1], lines[line - 2]].some((near) => near?.includes(ALLOWED));
      if (!isAllowed) found.push({ line, text: match.replace(new RegExp(BLANK, "g"), " "), write });
    }
  }
  return found.sort((a, b) => a.line - b.line);
}

function proseOfMarkdown(text) {
  return [CODE_BLOCK, CODE, LINK_TARGET].reduce((prose, code) => prose.replace(code, blank), text);
}

/** Comments and strings at their places. A string without a blank is a name or a path. */
function proseOfSource(text) {
  let prose = "";
  for (const { 0: token, index, groups } of text.matchAll(TOKEN)) {
    const isProse = groups?.regExp === undefined && /\s/.test(token);
    const code = token.startsWith("`") ? INTERPOLATION : CODE;
    prose += blank(text.slice(prose.length, index)) + (isProse ? token.replace(code, blank) : blank(token));
  }
  return prose;
}

/** As long and with as many lines, but without words. */
function blank(text) {
  return text.replace(/[^\n]/g, " ");
}
