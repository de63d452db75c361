import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { CHECKED, PHRASES } from "./phrases.mjs";
import { checkedFiles, findPhrases } from "./plain-english.mjs";

const command = join(import.meta.dirname, "plain-english.mjs");
const linesOf = (file, text) => findPhrases(file, text).map(({ line }) => line);

describe("PHRASES", () => {
  it.each(PHRASES)("finds “$avoid” once, and its advice is free of such phrases", ({ example, write }) => {
    expect(findPhrases("x.md", example)).toEqual([expect.objectContaining({ line: 1, write })]);
    expect(findPhrases("x.md", write)).toEqual([]);
  });

  it.each([
    "These two can hardly be told apart, and a test tells them apart.",
    "A stub stands in for its program.",
    "It leaves no files behind.",
    "The last scan could not be started.",
    "We understand standard error, retell and left-behind.",
  ])("accepts %j", (text) => {
    expect(findPhrases("x.md", text)).toEqual([]);
  });
});

describe("CHECKED", () => {
  it.each(CHECKED.filter((spec) => !spec.startsWith(":(exclude)")))("%s selects files", (spec) => {
    expect(checkedFiles([spec])).not.toEqual([]);
  });

  it("may exclude files, and selects neither built nor installed ones", () => {
    const files = checkedFiles([":(glob)docs/**", ":(glob)tools/**", ":(exclude)docs/cli.md"]);
    expect(files).toContain("docs/guides/format.md");
    expect(files).not.toContain("docs/cli.md");
    expect(files.filter((file) => file.includes("node_modules"))).toEqual([]);
  });
});

describe("findPhrases", () => {
  it("looks at the prose of Markdown, with the line of each phrase", () => {
    const text = "# Anew\n\n```console\n$ anew\n```\n\n`anew` and [a link](anew.md), or\nunless\ntold";
    expect(findPhrases("x.md", text)).toEqual([
      { line: 1, text: "Anew", write: "“again”" },
      { line: 8, text: "unless told", write: "default: …" },
    ]);
  });

  it("looks at comments and strings of source code, not at names, paths, code or expressions", () => {
    const source = [
      "// told in a comment",
      'import { told } from "./told.js";',
      "/** Not of `told`, but unless",
      " * told. */",
      'const told = isTold ? /"told"|[/"]told/ : "it was told";',
      "const text = `$" + "{told} is told`;",
      "return 'told' + 'is told';",
    ].join("\n");
    expect(linesOf("x.mjs", source)).toEqual([1, 3, 5, 6, 7]);
    expect(linesOf("x.ts", source)).toEqual([1, 3, 5, 6, 7]);
  });

  it("allows what a comment on the line or the line before allows", () => {
    const allowed = "// plain-english: allow\n// told\n// told";
    expect(linesOf("x.ts", allowed)).toEqual([3]);
    expect(linesOf("x.md", "told <!-- plain-english: allow -->\n\ntold")).toEqual([3]);
  });
});

describe("the command", () => {
  it("accepts the checked files", () => {
    expect(spawnSync(process.execPath, [command], { encoding: "utf8" })).toMatchObject({
      status: 0,
      stderr: "",
    });
  });

  it("fails with file, line, phrase and advice", () => {
    const folder = mkdtempSync(join(tmpdir(), "cassette-english-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    writeFileSync(join(folder, "x.md"), "Recorded\nanew.\n");
    const file = join(folder, "x.md");
    const { status, stderr } = spawnSync(process.execPath, [command, file], { encoding: "utf8" });
    expect(status).toBe(1);
    expect(stderr).toBe(`plain English: ${file}:2: avoid “anew”; write “again”.\n`);
  });
});
