import { spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { pack } from "./pack.mjs";
import { findBrowser, openChromium } from "./pictures/browsers.mjs";
import { createConsumer } from "./release/consumer.mjs";

const root = dirname(import.meta.dirname);
const PACKED = ["format", "core", "frames", "pty", "render", "scrub", "terminal", "testing"];
/** From packed tarballs, as a user has it; otherwise the packages of this repository. */
const IS_PACKED = Boolean(process.env.CASSETTE_SOAK);

/** A project with the packages and the runners installed. */
let project;

beforeAll(() => {
  const folder = mkdtempSync(join(tmpdir(), "cassette-runners-"));
  project = join(folder, "project");
  if (IS_PACKED) createConsumer(project, [...pack(PACKED, folder), "vitest@4.1.12", "jest@30.5.2"]);
  else {
    mkdirSync(project);
    writeFileSync(join(project, "package.json"), '{ "private": true, "type": "module" }\n');
    symlinkSync(join(import.meta.dirname, "node_modules"), join(project, "node_modules"));
  }
  writeFileSync(join(project, "jest.config.json"), JSON.stringify(JEST_CONFIG));
  const cassette = join(root, "packages/format/conformance/go-v1/cassettes/real-less");
  cpSync(cassette, join(project, "less.cassette"), { recursive: true });
  return () => rmSync(folder, { recursive: true, force: true });
});

const JEST_CONFIG = {
  testMatch: ["**/*.jest.mjs"],
  transform: {},
  setupFilesAfterEnv: ["@cassette/testing/jest"],
};

const MATCHER = `const compare = (t, options) => expect("less.cassette").toMatchScreen(options);
const compareNot = (t, options) => expect("less.cassette").not.toMatchScreen(options);`;

/** How each runner starts, and the head of a test file for it. */
const RUNNERS = {
  vitest: {
    file: "screens.test.mjs",
    command: ["node_modules/vitest/vitest.mjs", "run", "--no-color", "screens.test.mjs"],
    update: ["-u"],
    head: `import { describe, expect, it } from "vitest"; import "@cassette/testing/vitest"; ${MATCHER}`,
    retry: `it("flaky", { retry: 1 }, async (t) => FLAKY);`,
    concurrent: `describe.concurrent("group", () => { for (const [name, ms] of NAMES) it(name, async (t) => SLOW); });`,
    repeated: `it("repeated", { repeats: 2 }, async (t) => { await compare(t); });`,
  },
  jest: {
    file: "screens.jest.mjs",
    command: ["--experimental-vm-modules", "node_modules/jest/bin/jest.js", "--config", "jest.config.json"],
    update: ["-u"],
    head: `import { jest } from "@jest/globals"; const t = null; ${MATCHER}`,
    retry: `jest.retryTimes(1); it("flaky", async () => FLAKY);`,
    concurrent: `describe("group", () => { for (const [name, ms] of NAMES) it.concurrent(name, async () => SLOW); });`,
    repeated: `it("repeated", async () => { await compare(t); });`,
  },
  "node:test": {
    file: "screens.node.mjs",
    command: ["--test", "screens.node.mjs"],
    update: [],
    head: `import { describe, it } from "node:test"; import assert from "node:assert";
import { assertScreen } from "@cassette/testing";
const compare = (t, options) => assertScreen(t, "less.cassette", options);
const compareNot = (t, options) => assert.rejects(compare(t, options), /not as in/);`,
    // It tries no test again within a process.
    retry: `it("flaky", async (t) => { tries++; FLAKY });`,
    concurrent: `describe("group", { concurrency: true }, () => { for (const [name, ms] of NAMES) it(name, async (t) => SLOW); });`,
    repeated: `it("repeated", async (t) => { await compare(t); });`,
  },
};

const FLAKY = `{ tries++; await compare(t, { at: 0 }); await compare(t, SECOND); if (tries < 2) throw new Error("again"); }`;
const SLOW = `{ await sleep(ms); await compare(t, { at: ms }); await sleep(ms); await compare(t); }`;

/** Tests with the same bodies for each runner. `second` is the moment of the flaky test's second screen. */
function tests({ retry, concurrent, repeated }, second = "{}") {
  return `let tries = 0;
const NAMES = [["one", 30], ["two", 10], ["three", 20]];
const sleep = (ms) => new Promise((done) => setTimeout(done, ms));
it("press <", async (t) => { await compare(t, { at: 0 }); });
it("press >", async (t) => { await compare(t); });
${retry.replace("FLAKY", FLAKY).replace("SECOND", second)}
${concurrent.replace("SLOW", SLOW)}
${repeated}`;
}

/** Runs a test file with a runner. */
function run({ file, head, command, update: updating }, body, { env = {}, update = false } = {}) {
  // Jest calls a test that takes a parameter with a callback to be called.
  const written = file.includes("jest") ? body.replaceAll("async (t)", "async ()") : body;
  writeFileSync(join(project, file), `${head}\n${written}\n`);
  const { CI: _, NODE_OPTIONS: __, VITEST: ___, NODE_TEST_CONTEXT: ____, ...clean } = process.env;
  const { status, stdout, stderr } = spawnSync(process.execPath, [...command, ...(update ? updating : [])], {
    cwd: project,
    env: { ...clean, ...(update && updating.length === 0 && { CASSETTE_UPDATE: "1" }), ...env },
    encoding: "utf8",
  });
  return { passed: status === 0, said: stdout + stderr };
}

/** The golden files of a runner's test file. */
function goldens({ file }) {
  const folder = join(project, "__screens__", file);
  return existsSync(folder) ? readdirSync(folder).sort() : [];
}

describe.each(Object.entries(RUNNERS))("the matchers in a project of %s", (name, runner) => {
  // A run takes a second: outside of a soak, only the runner whose private state is read gets the rest.
  const isWhole = IS_PACKED || name === "jest";
  let written;

  it("give each test its golden files: names that look alike, tries, concurrent tests, repetitions", () => {
    expect(run(runner, tests(runner))).toMatchObject({ passed: true });
    written = goldens(runner);
    expect(written.filter((name) => name.startsWith("press~"))).toHaveLength(2);
    expect(written.filter((name) => name.startsWith("flaky"))).toEqual(["flaky.1.screen", "flaky.2.screen"]);
    expect(written.filter((name) => name.startsWith("group"))).toHaveLength(6);
    expect(written.filter((name) => name.startsWith("repeated"))).toEqual(["repeated.1.screen"]);
    expect(written).toHaveLength(11);
    const again = run(runner, tests(runner), { env: { CI: "true" } });
    expect(again).toMatchObject({ passed: true, said: expect.not.stringContaining("obsolete") });
  });

  it("write nothing in CI, where -u is not enough, and fail what differs or is missing", () => {
    const body = `${tests(runner, "{ at: 0 }")}
it("new", async (t) => { await compare(t); });
it("no such", async (t) => { await compareNot(t, { name: "absent" }); });`;
    const evidence = join(project, `evidence-of-${runner.file}`);
    const env = { CI: "true", CASSETTE_ARTIFACTS: evidence };
    const { passed, said } = run(runner, body, { env, update: runner.update.length > 0 });
    expect(passed).toBe(false);
    expect(said).toMatch(/not as in .*flaky\.2\.screen/);
    expect(said).toMatch(/There is no .*new\.1\.screen/);
    expect(said).toMatch(/There is no .*absent\.screen/);
    expect(goldens(runner).filter((name) => name.endsWith(".screen"))).toEqual(written);
    // A folder for each failure: two tries of the flaky test where the runner tries again.
    const folders = readdirSync(evidence).map((name) => name.replace(/\.\d+$/, ""));
    expect(new Set(folders)).toEqual(
      new Set(["flaky", "new", ...(folders.includes("no-such") ? ["no-such"] : [])]),
    );
    for (const folder of readdirSync(evidence))
      expect(readdirSync(join(evidence, folder)).sort()).toEqual([
        "failure.html",
        "failure.json",
        "failure.md",
      ]);
  });

  if (!isWhole) return;

  it.skipIf(!findBrowser("chromium"))("leave evidence that opens in Chromium", async () => {
    const browser = await openChromium();
    onTestFinished(browser.close);
    await browser.open(join(project, `evidence-of-${runner.file}`, "flaky", "failure.html"));
    const captions = await browser.evaluate(() =>
      [...document.querySelectorAll("figcaption")].map((one) => one.textContent),
    );
    const isDrawn = await browser.evaluate(() =>
      [...document.images].every(({ naturalWidth }) => naturalWidth > 0),
    );
    expect({ captions, isDrawn, faults: browser.faults }).toEqual({
      captions: ["Expected", "Found"],
      isDrawn: true,
      faults: [],
    });
  });

  it("write in CI if a variable says so", () => {
    const body = `it("one", async (t) => { await compare(t, { name: "in-ci" }); }); it.skip("two", async (t) => {});`;
    expect(run(runner, body, { env: { CI: "true", CASSETTE_UPDATE: "1" } })).toMatchObject({
      passed: true,
      // A test was left out: what it needs is not obsolete.
      said: expect.not.stringMatching(/obsolete|Removed/),
    });
    expect(goldens(runner)).toContain("in-ci.screen");
  });

  it("report what no test compares any more, and remove it with the update flag", () => {
    const body = `it("press <", async (t) => { await compare(t, { at: 0 }); });`;
    const reported = run(runner, body);
    expect(reported).toMatchObject({
      passed: true,
      said: expect.stringContaining("11 golden screens are obsolete"),
    });
    expect(goldens(runner)).toHaveLength(13);
    expect(run(runner, body, { update: true })).toMatchObject({ passed: true });
    expect(goldens(runner)).toHaveLength(1);
  });
});
