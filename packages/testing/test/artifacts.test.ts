import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { openCassette } from "@cassette/core/reader";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { assertHolds, assertScreen, cassetteMatchers, driverFor, openTerminal } from "../src/index.js";
import { recordSample, temporaryDirectory } from "./sample-cassette.js";

let folder: string;
let testFile: string;
let sample: string;

beforeEach(async () => {
  const dir = temporaryDirectory();
  folder = join(dir, "evidence");
  testFile = join(dir, "some.test.ts");
  sample = await recordSample(join(dir, "sample.cassette"));
  vi.stubEnv("CASSETTE_ARTIFACTS", folder);
  vi.stubEnv("CI", "");
});

afterEach(() => {
  vi.unstubAllEnvs();
});

function kept(): string[] {
  return existsSync(folder) ? readdirSync(folder).sort() : [];
}

const read = (...names: string[]) => readFileSync(join(folder, ...names), "utf8");

describe("CASSETTE_ARTIFACTS", () => {
  it("asks for evidence of a screen that differs: both screens, and a picture", async () => {
    const context = { name: "one", fullName: "the second page", filePath: testFile };
    await assertScreen(context, sample, { at: 0, name: "page" });
    expect(kept()).toEqual([]);
    const failing = assertScreen(context, sample, { name: "page" });
    await expect(failing).rejects.toThrow(/Evidence: .*the-second-page$/);
    expect(readdirSync(join(folder, "the-second-page")).sort()).toEqual([
      "failure.html",
      "failure.json",
      "failure.md",
    ]);
    const { test, screens } = JSON.parse(read("the-second-page", "failure.json"));
    expect(test).toBe("the second page");
    expect(screens.expected).toContain("› $");
    expect(screens.found).toContain("› done");
    expect(read("the-second-page", "failure.md")).toMatch(/Expected:\n\n```text\n4 rows × 24 columns/);
    expect(read("the-second-page", "failure.html")).toContain("data:image/svg+xml");
  });

  it("asks for evidence of an assertion that does not hold, and of none that must not", async () => {
    const wrong = { type: "frame_contains", text: "absent" } as const;
    await expect(assertHolds(sample, wrong)).rejects.toThrow("Evidence: ");
    const state = { currentTestName: "says it", testPath: testFile };
    await cassetteMatchers.toHold.call({ ...state, isNot: true }, sample, wrong);
    expect(kept()).toEqual(["frame_contains"]);
    const { message } = await cassetteMatchers.toHold.call(state, sample, wrong);
    expect(message()).toContain("Evidence: ");
    await cassetteMatchers.toHold.call(state, sample, wrong);
    expect(kept()).toEqual(["frame_contains", "says-it", "says-it.2"]);
  });

  it("keeps the sealed session of a live test that fails, scrubbed, and none of one that passes", async () => {
    vi.stubEnv("API_TOKEN", "hunter2hunter2");
    const run = async (text: string) => {
      await using terminal = await openTerminal({ argv: ["sh", "-c", "echo $API_TOKEN; read x"] });
      await terminal.waitFor(text, { timeoutMs: 500 });
    };
    await run("hunter2");
    expect(kept()).toEqual([]);
    await expect(run("absent")).rejects.toThrow("Evidence: ");
    const [own = ""] = kept();
    expect(kept()).toHaveLength(1);
    await using cassette = await openCassette(join(folder, own, "session.cassette"), {
      integrity: "required",
    });
    expect(cassette.final.metadata).toMatchObject({ interrupted: true });
    for (const name of readdirSync(join(folder, own), { recursive: true, withFileTypes: true })) {
      if (name.isFile())
        expect(readFileSync(join(name.parentPath, name.name), "latin1")).not.toContain("hunter2");
    }
  });

  it("does not touch the recording of the test, and records no replay", async () => {
    const recording = join(temporaryDirectory(), "greeting");
    const run = async (wanted: string) => {
      const driver = await driverFor(recording);
      await using terminal = await openTerminal({ argv: ["sh", "-c", "echo hello"], driver });
      await terminal.waitFor(wanted, { timeoutMs: 500 });
      await terminal.waitForExit();
    };
    await run("hello");
    expect(kept()).toEqual([]);
    const before = readFileSync(join(recording, "manifest.json"), "utf8");
    await expect(run("absent")).rejects.toThrow("Evidence: ");
    expect(readFileSync(join(recording, "manifest.json"), "utf8")).toBe(before);
    expect(kept().flatMap((own) => readdirSync(join(folder, own)))).not.toContain("session.cassette");
  });
});
