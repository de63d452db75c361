import { describe, expect, it } from "vitest";
import { isCassetteError } from "@cassette/format";
import { openCassette } from "../../src/reader.js";
import { type FilesCase, layOut, readCases } from "../support/conformance-data.js";
import { observe } from "../support/observe-cassette.js";
import { temporaryDirectory } from "../support/temporary-directory.js";

/** Read with the values recorded there; everything else is refused. */
const READ = [
  "chunks-gap",
  "clock-policy-empty",
  "extra-files",
  "final-exit-err-missing",
  "final-exit-missing",
  "final-not-last",
  "id-whitespace",
  "input-bytes-newline-base64",
  "input-kind-unknown",
  "jsonl-blank-lines",
  "jsonl-no-final-newline",
  "manifest-unknown-optional",
  "missing-discovery-ok",
  "missing-quota-ok",
  "no-output-records",
  "replay-default-empty",
  "replay-default-unknown",
  "required-features-empty-ok",
  "tms-not-quantized",
];

describe("openCassette on what only a hand edit can produce", () => {
  const cases = readCases("lenient.json").map((given) => [given.name, given] as const);

  it("has all 42 cases before it", () => {
    expect(cases).toHaveLength(42);
  });

  it.each(cases)("reads %s as the Go reader did, or refuses it at its place", async (name, given) => {
    const dir = temporaryDirectory();
    layOut(given, dir);
    if (READ.includes(name)) await expectRead(dir, given);
    else await expectRefusal(dir);
  });
});

async function expectRead(dir: string, { expected = {} }: FilesCase): Promise<void> {
  await using cassette = await openCassette(dir);
  const seen = await observe(cassette);
  // The Go reader drops unknown fields; ours keeps them for a rewrite of the cassette.
  expect(seen).toMatchObject(expected);
}

async function expectRefusal(dir: string): Promise<void> {
  const error = await openCassette(dir).catch((reason) => reason);
  expect(isCassetteError(error)).toBe(true);
  expect(error).toMatchObject({ file: expect.any(String), line: expect.any(Number) });
}
