import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createRecorder, openCassette } from "../src/index.js";
import { temporaryDirectory } from "./support/temporary-directory.js";

async function recorded(output: string): Promise<string> {
  const target = join(temporaryDirectory(), "cassette");
  const recorder = await createRecorder(target);
  recorder.recordOutput(Buffer.from(output, "latin1"));
  recorder.recordFinal();
  await recorder.close();
  return target;
}

/** What opening says after `change` was done to `output.raw`. */
async function refusal(target: string, change: (text: string) => string): Promise<Error & { hint?: string }> {
  const path = join(target, "output.raw");
  writeFileSync(path, change(readFileSync(path, "latin1")), "latin1");
  return openCassette(target).then(
    () => new Error("It was opened."),
    (error) => error,
  );
}

describe("openCassette, of a cassette whose line ends were converted", () => {
  const dos = `first\r\nsecond\xff\r\n${"x".repeat(1024 * 1024 - 17)}\r\nlast`;
  it.each([
    ["on the way in", dos, (text: string) => text.replaceAll("\r\n", "\n")],
    ["on the way out", dos.replaceAll("\r\n", "\n"), (text: string) => text.replaceAll("\n", "\r\n")],
  ])("names that directory: %s", async (_, output, change) => {
    const error = await refusal(await recorded(output), change);
    expect(error).toMatchObject({
      code: "CASSETTE_DIGEST_MISMATCH",
      message: expect.stringContaining("line endings were converted"),
      hint: expect.stringContaining("* -text"),
    });
  });

  it("does not name it when another part was changed", async () => {
    const error = await refusal(await recorded(dos), (text) => text.replace("first", "other"));
    expect(error).toMatchObject({ code: "CASSETTE_DIGEST_MISMATCH" });
    expect(error.message + error.hint).not.toContain("line endings");
  });
});
