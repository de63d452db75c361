import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { transformSync } from "esbuild";
import { beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { pack, publicPackages } from "./pack.mjs";
import { createConsumer } from "./release/consumer.mjs";

const root = dirname(import.meta.dirname);
const PACKED = ["format", "core", "frames"];
let tarballs;

beforeAll(() => {
  const folder = mkdtempSync(join(tmpdir(), "cassette-tarballs-"));
  const paths = pack(PACKED, folder);
  tarballs = Object.fromEntries(PACKED.map((name, index) => [name, paths[index]]));
  return () => rmSync(folder, { recursive: true });
});

describe("the packages, for a project that only reads cassettes", () => {
  it("format and core install from their tarballs without native code and replay in ten lines", () => {
    const project = install(["format", "core"]);
    const cassette = join(root, "packages/format/conformance/go-v1/cassettes/real-less");
    cpSync(cassette, join(project, "less.cassette"), { recursive: true });
    writeFileSync(
      join(project, "replay.mjs"),
      `import { openCassette, replay } from "@cassette/core/reader";

const cassette = await openCassette("less.cassette");
let shown = "";
for await (const event of replay(cassette, { mode: "collapsed" })) {
  if (event.kind === "frame") shown = event.record.text.find((row) => row.startsWith("less-line")) ?? shown;
}
console.log(shown, cassette.final.exit.Code);
await cassette.close();
`,
    );
    expect(run(process.execPath, ["replay.mjs"], project)).toMatch(/^less-line-\d{3}: pager fixture text 0$/);
    expect(installed(project)).toEqual(["@cassette/core", "@cassette/format", "valibot"]);
    expect(
      filesBelow(join(project, "node_modules")).filter((file) => /\.node$|binding\.gyp$/.test(file)),
    ).toEqual([]);
  });
});

describe("the packages, for a project with another emulator", () => {
  it("format and frames accept an adapter that passes the conformance cases it claims", () => {
    const project = install(["format", "frames"]);
    const adapter = readFileSync(join(root, "packages/frames/test/line-printer.ts"), "utf8");
    writeFileSync(join(project, "line-printer.mjs"), transformSync(adapter, { loader: "ts" }).code);
    writeFileSync(
      join(project, "swap.mjs"),
      `import { deriveFrames } from "@cassette/frames";
import { conformanceCases } from "@cassette/frames/suite";
import { createLinePrinter } from "./line-printer.mjs";

const cases = conformanceCases(createLinePrinter, ["screen"]);
for (const { run } of cases) await run();

const events = [
  { seq: 1, t_ms: 0, kind: "output", bytes: Buffer.from("on paper") },
  { seq: 2, t_ms: 500, kind: "final" },
];
const recording = { size: { rows: 2, cols: 20 }, events, createEmulator: createLinePrinter };
for await (const { frame } of deriveFrames(recording)) console.log(cases.length, frame.text[0]);
`,
    );
    expect(run(process.execPath, ["swap.mjs"], project)).toMatch(/^[1-9]\d* on paper$/);
  });
});

describe("the packages, for their maintainer", () => {
  it("one is patched and released without changing the others", () => {
    const copy = copyOfRepository();
    const before = versionsIn(copy);
    writeFileSync(
      join(copy, ".changeset/one-rule-more.md"),
      '---\n"@cassette/scrub": patch\n---\n\nFind one kind of secret more.\n',
    );
    run(process.execPath, [join(root, "node_modules/@changesets/cli/bin.js"), "version"], copy);

    expect(versionsIn(copy)).toEqual({ ...before, scrub: patchOf(before.scrub) });
    expect(run("git", ["status", "--short", "--", "packages"], copy).split("\n").sort()).toEqual([
      "?? packages/scrub/CHANGELOG.md",
      "M packages/scrub/package.json",
    ]);
    expect(readFileSync(join(copy, "packages/scrub/CHANGELOG.md"), "utf8")).toContain(
      "one kind of secret more",
    );
  });
});

/** An empty project with tarballs of this repository's packages installed; removed after the test. */
function install(names) {
  return createConsumer(
    emptyDirectory(),
    names.map((name) => tarballs[name]),
  );
}

function emptyDirectory() {
  const directory = mkdtempSync(join(tmpdir(), "cassette-consumer-"));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

/** A repository with the files that changesets read: the manifests and their settings. */
function copyOfRepository() {
  const copy = emptyDirectory();
  const files = ["pnpm-workspace.yaml", "pnpm-lock.yaml", ".changeset/config.json"];
  const manifests = run("git", ["ls-files", "package.json", "*/package.json"], root).split("\n");
  for (const file of [...files, ...manifests])
    cpSync(join(root, file), join(copy, file), { recursive: true });
  const git = (...args) => run("git", ["-c", "user.name=a", "-c", "user.email=a@example.com", ...args], copy);
  git("init", "-q", "-b", "main");
  git("add", ".");
  git("commit", "-qm", "Begin");
  return copy;
}

function versionsIn(repository) {
  return Object.fromEntries(
    publicPackages().map((name) => {
      const manifest = readFileSync(join(repository, "packages", name, "package.json"), "utf8");
      return [name, JSON.parse(manifest).version];
    }),
  );
}

function patchOf(version) {
  return version.replace(/\d+$/, (patch) => `${Number(patch) + 1}`);
}

function installed(project) {
  const top = readdirSync(join(project, "node_modules")).filter((name) => !name.startsWith("."));
  return top
    .flatMap((name) =>
      name.startsWith("@")
        ? readdirSync(join(project, "node_modules", name)).map((sub) => `${name}/${sub}`)
        : [name],
    )
    .sort();
}

function filesBelow(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

function run(command, args, cwd) {
  return execFileSync(command, args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] }).trim();
}
