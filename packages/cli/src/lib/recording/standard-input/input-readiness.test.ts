import type { InputWait } from "@cassette/pty";
import { describe, expect, it } from "vitest";
import { createInputReadiness, type LookAtProgram } from "./input-readiness.js";

/** A program that is in these states, the last one for ever, on a fast clock. */
function watching(states: (InputWait | "stopped")[], stepMs = 10) {
  let looks = 0;
  let now = 0;
  const look: LookAtProgram = async () => {
    now += stepMs;
    return states[Math.min(looks++, states.length - 1)] ?? "none";
  };
  const readiness = createInputReadiness(look, { now: () => now, monotonic: () => now });
  return { readiness, looks: () => looks, elapsedMs: () => now };
}

const never = new AbortController().signal;

describe("createInputReadiness", () => {
  it("checks twice whether a program reads, since it may not have been woken yet", async () => {
    const { readiness, looks } = watching(["awaited", "none", "awaited", "awaited"]);
    await readiness.forData(never);
    expect(looks()).toBe(4);
  });

  it.each<[InputWait, number, number]>([
    ["possible", 50, 500],
    ["unknown", 100, 1_000],
  ])("waits until a program is quiet if it is %s that it reads", async (wait, dataMs, endMs) => {
    const data = watching([wait], dataMs / 2);
    await data.readiness.forData(never);
    expect(data.elapsedMs()).toBe(dataMs);
    const end = watching([wait], endMs / 2);
    await end.readiness.forEnd(never, false);
    expect(end.elapsedMs()).toBe(endMs);
  });

  it("gives data in the end to a program that never rests", async () => {
    const { readiness, elapsedMs } = watching(["possible"], 600);
    const stirring = setInterval(readiness.stirred, 0);
    await readiness.forData(never).finally(() => clearInterval(stirring));
    expect(elapsedMs()).toBeGreaterThanOrEqual(600);
  });

  it.each<[string, (InputWait | "stopped")[], "forData" | "forEnd", boolean]>([
    ["data to a stopped program", ["stopped"], "forData", false],
    ["an end of file to a program that does not read", ["none"], "forEnd", false],
    ["another end of file to a program of which it is not certain", ["possible"], "forEnd", true],
  ])("never sends %s", async (_, states, method, isCertain) => {
    const { readiness, looks } = watching(states, 5_000);
    const controller = new AbortController();
    const ready = readiness[method](controller.signal, isCertain);
    while (looks() < 6) await new Promise((resolve) => setTimeout(resolve, 1));
    controller.abort(new Error("over"));
    await expect(ready).rejects.toThrow();
  });
});
