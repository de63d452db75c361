import { describe, expect, it } from "vitest";
import { openCassette } from "../../src/reader.js";
import { cassetteNames, cassettePath, readExpected } from "../support/conformance-data.js";
import { observe } from "../support/observe-cassette.js";

describe("openCassette on what the Go writer wrote", () => {
  const names = cassetteNames();

  it("has all 13 cassettes before it", () => {
    expect(names).toHaveLength(13);
  });

  it.each(names)("sees in %s what the Go reader saw", async (name) => {
    await using cassette = await openCassette(cassettePath(name));
    expect(await observe(cassette)).toEqual(readExpected(name));
  });
});
