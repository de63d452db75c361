import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { goldenFolder } from "../src/lib/golden/golden-path.js";
import { keepGolden, obsoleteText, settleObsolete } from "../src/lib/golden/obsolete-goldens.js";
import { everyVitestTestPassed } from "../src/lib/runners/vitest-test.js";
import { temporaryDirectory } from "./sample-cassette.js";

function screensFor(...names: string[]): { testFile: string; path: (name: string) => string } {
  const testFile = join(temporaryDirectory(), "some.test.ts");
  const path = (name: string) => join(goldenFolder(testFile), name);
  mkdirSync(goldenFolder(testFile), { recursive: true });
  for (const name of names) writeFileSync(path(name), "");
  return { testFile, path };
}

describe("settleObsolete", () => {
  it("reports what no test compared, and removes it with the update flag", async () => {
    const { testFile, path } = screensFor("used.screen", "old.screen", "old.actual.svg", "notes.txt");
    keepGolden(testFile, path("used.screen"));
    const reported = await settleObsolete(testFile, "new");
    expect(reported).toEqual({ files: [path("old.screen")], removed: false });
    expect(obsoleteText(reported)).toContain("1 golden screen is obsolete");
    keepGolden(testFile, path("used.screen"));
    await settleObsolete(testFile, "all");
    const left = ["used.screen", "old.screen", "old.actual.svg", "notes.txt"].filter((n) =>
      existsSync(path(n)),
    );
    expect(left).toEqual(["used.screen", "notes.txt"]);
    keepGolden(testFile, path("used.screen"));
    expect(obsoleteText(await settleObsolete(testFile, "new"))).toBeNull();
  });

  it("removes the folder of a file without golden files, and ignores one that is missing", async () => {
    const { testFile, path } = screensFor("old.screen");
    await settleObsolete(testFile, "all");
    expect(existsSync(dirname(path("old.screen")))).toBe(false);
    expect(await settleObsolete(testFile, "all")).toEqual({ files: [], removed: true });
  });
});

describe("everyVitestTestPassed", () => {
  it("is false as soon as one test was skipped, or failed", () => {
    const file = (...states: (string | undefined)[]) => ({
      type: "suite",
      tasks: [
        {
          type: "suite",
          tasks: states.map((state) => ({ type: "test", result: state ? { state } : undefined })),
        },
      ],
    });
    expect(everyVitestTestPassed(file("pass", "pass"))).toBe(true);
    expect(everyVitestTestPassed(file("pass", undefined))).toBe(false);
    expect(everyVitestTestPassed(file("pass", "fail"))).toBe(false);
  });
});
