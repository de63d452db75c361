import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openCassette } from "@cassette/core/reader";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import {
  type Assertion,
  assertHolds,
  assertScreen,
  cassetteMatchers,
  type MatchScreenOptions,
  parseScenario,
} from "../src/index.js";
import { record, recordSample, temporaryDirectory } from "./sample-cassette.js";

let testFile: string;
/** A run of the test file, as Vitest identifies it. */
let testRun: object;
let sample: string;

beforeEach(async () => {
  const dir = temporaryDirectory();
  testFile = join(dir, "some.test.ts");
  testRun = {};
  sample = await recordSample(join(dir, "sample.cassette"));
  vi.stubEnv("CI", "");
  vi.stubEnv("CASSETTE_UPDATE", "");
});

afterEach(() => {
  vi.unstubAllEnvs();
});

/** Calls the matcher as a runner does, in a test of that name. */
function match(shown: unknown, options: MatchScreenOptions = {}, state: object = {}) {
  const task = { fullTestName: "shows help", file: testRun };
  const test = { testPath: testFile, currentTestName: "shows help", task, ...state };
  return cassetteMatchers.toMatchScreen.call(test, shown, options);
}

function golden(name: string): string {
  return readFileSync(join(testFile, "..", "__screens__/some.test.ts", `${name}.screen`), "utf8");
}

describe("toMatchScreen", () => {
  it("writes a readable file where there is none, and then compares", async () => {
    expect(await match(sample)).toMatchObject({ pass: true });
    expect(golden("shows-help.1")).toBe(
      [
        "6 rows × 30 columns",
        "cursor: row 3, column 5, hidden",
        "title: bye",
        "────────────────────",
        "│ hello world",
        "│ $ pid=<pid> at <time>",
        "› done",
        "────────────────────",
        "",
      ].join("\n"),
    );
    testRun = {};
    const reading = { snapshotState: { _updateSnapshot: "none" } };
    expect(await match(sample, {}, reading)).toMatchObject({ pass: true });
  });

  it("shows any moment: milliseconds, an event, a mark", async () => {
    await match(sample, { at: 200, name: "time" });
    await match(sample, { at: { seq: 5 }, name: "event" });
    await match(sample, { at: { mark: "after help" }, name: "mark" });
    expect(golden("time")).toContain("4 rows × 24 columns, alternate screen\n");
    expect(golden("event")).toBe(golden("time"));
    expect(golden("mark")).toContain("› $ pid=<pid> at <time>\n");
    await expect(match(sample, { at: { mark: "never" } })).rejects.toThrow(
      'There is no moment at the mark "never": the marks are "after help".',
    );
  });

  it.each([
    [{ at: 1_001 }, "There is no moment at 1001 ms: it ends at 1000 ms."],
    [{ at: -1 }, "There is no moment at -1 ms"],
    [{ at: Number.NaN }, "There is no moment at NaN ms"],
    [{ at: { seq: 99 } }, /There is no moment after event 99: the last event is \d+\./],
  ])("refuses a moment beyond the end: %j", async (options, message) => {
    await expect(match(sample, options)).rejects.toThrow(message);
  });

  it("keeps styles when asked", async () => {
    await match(sample, { at: 0, styles: true, name: "styled" });
    expect(golden("styled")).toMatch(/─\nrow 1, columns 1–5: bold red\n$/);
  });

  it("draws a screen that differs, until it is right again", async () => {
    await match(sample, { name: "drawn" });
    const picture = join(testFile, "..", "__screens__/some.test.ts/drawn.actual.svg");
    const differs = await match(sample, { at: 0, name: "drawn" });
    expect(differs.message()).toMatch(/A picture of it: .*drawn\.actual\.svg$/);
    expect(readFileSync(picture, "utf8")).toMatch(/<text[^>]*>(<tspan[^>]*>)?hello/);
    await match(sample, { name: "drawn" });
    expect(existsSync(picture)).toBe(false);
    expect(await match(sample, { at: 0, name: "drawn" }, { isNot: true })).toMatchObject({ pass: false });
    expect(existsSync(picture)).toBe(false);
  });

  it("ignores what changes from run to run, unless normalisation is off", async () => {
    const other = await record(join(temporaryDirectory(), "other"), async ({ recorder, output, resize }) => {
      await output("\x1b]0;bye\x07hello world\r\n$ pid=9 at 01:02:03\r\ndone\x1b[?25l");
      resize(6, 30);
      recorder.recordFinal();
    });
    await match(sample, { name: "volatile" });
    expect(await match(other, { name: "volatile" })).toMatchObject({ pass: true });
    await match(sample, { name: "exact", normalise: false });
    expect(await match(other, { name: "exact", normalise: false })).toMatchObject({ pass: false });
  });

  it("leaves out what is masked, by an option and by the project's settings", async () => {
    const show = (text: string) =>
      record(join(temporaryDirectory(), "shown"), async ({ recorder, output }) => {
        await output(text);
        recorder.recordFinal();
      });
    const [one, other] = [await show("req-1 \x1b[2mtip\x1b[m"), await show("req-22 \x1b[2mother tip\x1b[m")];
    const masks = [{ pattern: /req-\d+/ }];
    writeFileSync(
      join(testFile, "../cassette.config.yaml"),
      "masks: [{ style: { dim: true }, label: tip }]\n",
    );
    await match(one, { name: "masked", masks, styles: true });
    expect(golden("masked")).toContain("<masked> <tip>");
    expect(await match(other, { name: "masked", masks, styles: true })).toMatchObject({ pass: true });
    expect(await match(other, { name: "masked", styles: true })).toMatchObject({ pass: false });
  });

  it("shows both screens side by side and what differs", async () => {
    const other = await record(join(temporaryDirectory(), "other"), async ({ recorder, output, resize }) => {
      await output("\x1b]0;bye\x07hello moon\r\n\x1b[32m$\x1b[m pid=9 at 01:02:03\r\ndone.");
      resize(6, 30);
      recorder.recordFinal();
    });
    await match(sample, { name: "differs", styles: true });
    const { pass, message } = await match(other, { name: "differs", styles: true });
    expect(pass).toBe(false);
    expect(message().replaceAll(testFile.replace("/some.test.ts", ""), "…")).toMatchInlineSnapshot(`
      "The screen is not as in …/__screens__/some.test.ts/differs.screen
        cursor: row 3, column 5, hidden  →  cursor: row 3, column 6
        rows 1, 3
        - row 1, columns 1–5: bold red
        + row 2, column 1: green

          expected                  shown
        ≠ │ hello world           ≠ │ hello moon
          │ $ pid=<pid> at <time>   │ $ pid=<pid> at <time>
        ≠ › done                  ≠ › done.

      Run the tests with CASSETTE_UPDATE=1 if what is shown is right.
      A picture of it: …/__screens__/some.test.ts/differs.actual.svg"
    `);
  });

  it("takes an open cassette, and a screen", async () => {
    await using cassette = await openCassette(sample);
    expect(await match(cassette, { name: "one" })).toMatchObject({ pass: true });
    const screen = { size: { Rows: 1, Cols: 9 }, text: ["x"], cursor: { Row: 0, Col: 1, Visible: true } };
    expect(await match({ ...screen, title: "", alternate: false }, { name: "two" })).toMatchObject({
      pass: true,
    });
    await expect(match(42)).rejects.toThrow(TypeError);
  });

  it.each<[string, NodeJS.ProcessEnv, object]>([
    ["CASSETTE_UPDATE=1", { CASSETTE_UPDATE: "1" }, {}],
    ["CASSETTE_UPDATE=1 in CI", { CASSETTE_UPDATE: "1", CI: "true" }, {}],
    ["the runner's -u", {}, { snapshotState: { _updateSnapshot: "all" } }],
  ])("rewrites the file with %s, and never without", async (_, env, state) => {
    await match(sample, { at: 0, name: "kept" });
    const before = golden("kept");
    expect(await match(sample, { name: "kept" })).toMatchObject({ pass: false });
    expect(golden("kept")).toBe(before);
    testRun = {};
    for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
    expect(await match(sample, { name: "kept" }, { ...state, isNot: true })).toMatchObject({ pass: false });
    expect(await match(sample, { name: "kept" }, state)).toMatchObject({ pass: true });
    expect(golden("kept")).not.toBe(before);
  });

  it("writes no two screens under one name, not even with -u", async () => {
    const updating = { snapshotState: { _updateSnapshot: "all" } };
    expect(await match(sample, { at: 0, name: "one" }, updating)).toMatchObject({ pass: true });
    const { pass, message } = await match(sample, { name: "one" }, updating);
    expect({ pass, said: message() }).toEqual({
      pass: false,
      said: expect.stringContaining("the same name"),
    });
    expect(golden("one")).toContain("hello world");
  });

  it("starts numbering over when a test is retried, repeated, or run again by a watching runner", async () => {
    const reading = { _updateSnapshot: "none" };
    const task = { fullTestName: "shows help", file: testRun, result: { retryCount: 0, repeatCount: 0 } };
    await match(sample, { at: 0 }, { task });
    for (const result of [{ retryCount: 1 }, { repeatCount: 1 }]) {
      Object.assign(task, { result });
      const again = { task, snapshotState: reading };
      expect(await match(sample, { at: 0 }, again)).toMatchObject({ pass: true });
      expect((await match(sample, { at: 0 }, again)).message()).toContain("There is no");
    }
    testRun = {};
    expect(await match(sample, { at: 0 }, { snapshotState: reading })).toMatchObject({ pass: true });
  });

  it("continues to number in another test of the same name, and in each from its own first number", async () => {
    const [first, second] = [1, 2].map(() => ({
      fullTestName: "shows help",
      file: testRun,
      result: { retryCount: 0 },
    }));
    await match(sample, { at: 0 }, { task: first });
    await match(sample, { at: 200 }, { task: second });
    expect(golden("shows-help.2")).toContain("Help");
    Object.assign(second ?? {}, { result: { retryCount: 1 } });
    const again = { task: second, snapshotState: { _updateSnapshot: "none" } };
    expect(await match(sample, { at: 200 }, again)).toMatchObject({ pass: true });
  });

  it.each([
    ["CI", {}],
    ["CI, with -u", { snapshotState: { _updateSnapshot: "all" } }],
  ])("writes nothing in %s", async (_, state) => {
    vi.stubEnv("CI", "true");
    const { pass, message } = await match(sample, { name: "absent" }, state);
    expect({ pass, wrote: existsSync(join(testFile, "..", "__screens__")) }).toEqual({
      pass: false,
      wrote: false,
    });
    expect(message()).toContain("CASSETTE_UPDATE=1");
  });

  it("fails a .not where there is no golden file", async () => {
    // With `.not`, a runner fails what passes.
    const { pass, message } = await match(sample, { name: "absent" }, { isNot: true });
    expect({ pass, said: message() }).toEqual({
      pass: true,
      said: expect.stringContaining("nothing was compared"),
    });
  });

  it("takes a golden file whose line endings a checkout converted", async () => {
    await match(sample, { name: "crlf" });
    const path = join(testFile, "..", "__screens__/some.test.ts/crlf.screen");
    writeFileSync(path, golden("crlf").replaceAll("\n", "\r\n"));
    expect(await match(sample, { name: "crlf" })).toMatchObject({ pass: true });
  });
});

describe("assertScreen", () => {
  it("does the same for node:test", async () => {
    const context = { name: "short", fullName: "suite short", filePath: testFile };
    await assertScreen(context, sample, { at: 0 });
    await assertScreen(context, sample, { at: 200 });
    expect(golden("suite-short.1")).toContain("hello world");
    expect(golden("suite-short.2")).toContain("Help");
    const again = { ...context };
    await assertScreen(again, sample, { at: 0 });
    expect(golden("suite-short.3")).toContain("hello world");
    await expect(assertScreen(context, sample, { at: 0, name: "help" })).resolves.toBeUndefined();
    await expect(assertScreen(context, sample, { name: "help" })).rejects.toThrow(/not as in .*≠/s);
  });
});

describe("assertHolds", () => {
  it("lists every assertion that does not hold", async () => {
    await assertHolds(sample, { type: "exit_status", exit_code: 3 }, { type: "bell" });
    const judging = assertHolds(sample, { type: "exit_status", exit_code: 0 }, { type: "bell", min: 2 });
    await expect(judging).rejects.toThrow(/^exit_status\n.*\n\nbell\n/s);
  });
});

describe("toHold", () => {
  it("is a matcher over the same assertions", async () => {
    const held = await cassetteMatchers.toHold.call({}, sample, { type: "title", text: "bye" });
    expect(held.pass).toBe(true);
    const missed = await cassetteMatchers.toHold.call({}, sample, { type: "title", text: "hi" });
    expect(missed.message()).toContain('expected  at the end the title is "hi"');
  });

  it.each([
    [{ type: "frame_contains" }, "text: it is missing"],
    [{ type: "frame_contains", text: "a", txt: "a" }, "txt: there is no such field"],
    [{ type: "text_style", text: "a", fg: "octarine" }, "fg: expected a colour"],
    [{ type: "exit_status", exit_code: "0" }, "exit_code: expected number"],
    [{}, "type: it is missing"],
  ])("refuses what a scenario file would refuse, with its message: %j", async (wrong, message) => {
    const text = JSON.stringify({ name: "n", cassette_path: "c", groups: { g: [wrong] } });
    expect(() => parseScenario(text, "f")).toThrow(message);
    for (const judged of [
      cassetteMatchers.toHold.call({}, sample, wrong as Assertion),
      assertHolds(sample, wrong as Assertion),
    ])
      await expect(judged).rejects.toThrow(message);
    await expect(assertHolds(sample)).rejects.toThrow("always hold");
  });
});
