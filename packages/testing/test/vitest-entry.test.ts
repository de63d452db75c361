import { join } from "node:path";
import { describe, expect, it } from "vitest";
import "../src/vitest.js";
import { recordSample, temporaryDirectory } from "./sample-cassette.js";

describe("@cassette/testing/vitest", () => {
  it("adds the matchers to expect", async () => {
    const sample = await recordSample(join(temporaryDirectory(), "sample.cassette"));
    await expect(sample).toMatchScreen({ at: { mark: "after help" } });
    await expect(sample).toHold({ type: "frame_contains", text: "Help" });
    await expect(sample).not.toHold({ type: "frame_contains", text: "Traceback" });
    await expect(expect(sample).toHold({ type: "bell", min: 9 })).rejects.toThrow(
      "the bell rings at least 9",
    );
  });
});
