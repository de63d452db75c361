import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { openScript } from "./open-script.js";

function scriptFile(text: string): string {
  const dir = mkdtempSync(join(tmpdir(), "cassette-script-"));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  const file = join(dir, "s.yaml");
  writeFileSync(file, text);
  return file;
}

describe("openScript", () => {
  it("lists the names of secrets", async () => {
    const file = scriptFile("- press: [Enter, C-c]\n- secret: KEY\n- signal: SIGTERM\n");
    const script = await openScript(file, { KEY: "value" });
    expect(script).toMatchObject({ file, secretNames: ["KEY"] });
  });

  it.each([
    ["- type: a\n- press: [Enter, Entr]", "Step 2: There is no such key"],
    ["- type: a\n- signal: SIGNONE", "Step 2: There is no such signal"],
    ["- type: a\n- secret: KEY", "Step 2: the environment variable KEY is not set."],
  ])("refuses %j before anything is started", async (text, message) => {
    const file = scriptFile(text);
    await expect(openScript(file, {})).rejects.toMatchObject({
      code: "CASSETTE_SCRIPT_INVALID",
      message: expect.stringContaining(message),
      file,
      line: 2,
    });
  });

  it("says that a file cannot be read", async () => {
    await expect(openScript("nowhere.yaml", {})).rejects.toMatchObject({ code: "CASSETTE_USAGE" });
  });
});
