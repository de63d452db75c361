import { describe, expect, it } from "vitest";
import { loadNativePty } from "./native.js";

describe("loadNativePty", () => {
  it("refuses Windows by its name", () => {
    expect(() => loadNativePty("win32")).toThrow(
      expect.objectContaining({
        code: "CASSETTE_PLATFORM_UNSUPPORTED",
        message: expect.stringContaining("Windows"),
      }),
    );
  });

  it("refuses other systems by theirs", () => {
    expect(() => loadNativePty("aix")).toThrow(
      expect.objectContaining({
        code: "CASSETTE_PLATFORM_UNSUPPORTED",
        message: expect.stringContaining("aix"),
      }),
    );
  });
});
