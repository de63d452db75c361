import { driverFor, reslice } from "@cassette/testing";
import { describe, expect, it } from "vitest";
import "@cassette/testing/vitest";
import { calculate } from "../calculate.mjs";
import { createPromptReader } from "../prompt-reader.mjs";

const RECORDING = "cassettes/python.cassette";

describe("what Python shows", () => {
  it("is the answer below the question", async () => {
    await expect(RECORDING).toMatchScreen({ at: { mark: "product" } });
    await expect(RECORDING).toMatchScreen({ at: { mark: "mistake" } });
  });

  it("ends in peace", async () => {
    await expect(RECORDING).toHold({ type: "exit_status", exit_code: 0 });
    await expect(RECORDING).not.toHold({ type: "bell" });
  });
});

// With CASSETTE_SUBJECT=program the same test runs Python itself.
describe("calculate", () => {
  it("types and reads", async () => {
    const answers = await calculate(["6 * 7", "'世界' * 2", "1 / 0"], await driverFor(RECORDING));
    expect(answers.slice(0, 2)).toEqual(["42", "'世界世界'"]);
    expect(answers[2]).toMatch(/ZeroDivisionError/);
  });
});

describe("createPromptReader", () => {
  it.each([1, 2, 3, 4, 5])("reads the answers in whatever pieces they come (%i)", async (seed) => {
    const reader = createPromptReader();
    const answers = [];
    for await (const slice of reslice(RECORDING, { seed, split: seed === 1 ? "bytes" : "any" })) {
      if (slice.kind === "output") answers.push(...reader.feed(slice.bytes));
    }
    const [first, product, text, mistake] = answers;
    expect([first, product, text]).toEqual([null, "42", "'世界世界'"]);
    expect(mistake).toMatch(/ZeroDivisionError/);
  });
});
