import type { Clock } from "@cassette/format";
import type { TrailingEmulator } from "@cassette/frames";
import { describe, expect, it } from "vitest";
import type { Condition } from "../script/steps.js";
import { createLiveScreen } from "./live-screen.js";

const text = (pattern: string | RegExp, scope: "screen" | "line" = "screen", timeoutMs = 5_000) =>
  ({ kind: "text", scope, pattern, timeoutMs }) satisfies Condition;

function setUp() {
  const rows = ["first row", "second", "$"];
  const cursor = { Row: 2, Col: 2, Visible: true };
  const time = { ms: 0 };
  const clock: Clock = { now: () => time.ms, monotonic: () => time.ms };
  const emulator = { snapshot: async () => ({ text: rows, cursor }) } as unknown as TrailingEmulator;
  return {
    rows,
    time,
    screen: createLiveScreen(emulator, clock, {
      test: async (pattern, texts) => texts.some((text) => pattern.test(text)),
    }),
  };
}

/** Waits until everything that needs no time has happened. */
const isLater = () => new Promise((resolve) => setImmediate(resolve, "later"));

describe("createLiveScreen", () => {
  it("looks at the whole screen or at single rows", async () => {
    const { screen } = setUp();
    expect(await screen.shows(text("row\nsec"))).toBe(true);
    expect(await screen.shows(text("row\nsec", "line"))).toBe(false);
    expect(await screen.shows(text(/^second$/, "line"))).toBe(true);
    expect(await screen.shows(text(/^second$/))).toBe(false);
  });

  it("sees the blanks before the cursor, so that a prompt can be waited for", async () => {
    const { screen } = setUp();
    expect(await screen.shows(text("$ "))).toBe(true);
    expect(await screen.shows(text(/^\$ $/, "line"))).toBe(true);
    expect(await screen.shows(text("second "))).toBe(false);
  });

  it("ends a wait when the text appears", async () => {
    const { rows, screen } = setUp();
    const wait = screen.waitFor(text("third"));
    rows.push("third");
    screen.changed();
    await expect(wait).resolves.toBe("met");
  });

  it("ends a wait when the program has ended", async () => {
    const { screen } = setUp();
    const wait = screen.waitFor(text("third"));
    screen.ended();
    await expect(wait).resolves.toBe("ended");
  });

  it("gives up when the time is over", async () => {
    const { screen, time } = setUp();
    const wait = screen.waitFor(text("third", "screen", 1_000));
    time.ms = 1_001;
    screen.changed();
    await expect(wait).resolves.toBe("timeout");
  });

  it("counts a rest from the last output", async () => {
    const { screen, time } = setUp();
    time.ms = 90;
    screen.changed();
    time.ms = 189;
    const wait = screen.waitFor({ kind: "settled", settledMs: 100, timeoutMs: 5_000 });
    time.ms = 190;
    await expect(wait).resolves.toBe("met");
  });

  it("counts a rest from the last input", async () => {
    const { screen, time } = setUp();
    time.ms = 500;
    screen.touched();
    const wait = screen.waitFor({ kind: "settled", settledMs: 100, timeoutMs: 5_000 });
    time.ms = 590;
    screen.changed();
    time.ms = 689;
    expect(await Promise.race([wait, isLater()])).toBe("later");
    time.ms = 690;
    await expect(wait).resolves.toBe("met");
  });

  it("does not take a program for one that rests before it printed what is due", async () => {
    const { rows, screen, time } = setUp();
    const known = (isOutputDue: boolean) =>
      screen.waitFor({
        kind: "known",
        isKnown: () => rows.includes("third"),
        isOutputDue,
        settledMs: 100,
        timeoutMs: 5_000,
      });
    screen.touched();
    time.ms = 1_000;
    expect(await known(false)).toBe("met");
    const wait = known(true);
    expect(await Promise.race([wait, isLater()])).toBe("later");
    rows.push("third");
    screen.changed();
    await expect(wait).resolves.toBe("met");
  });

  it("passes an abort on", async () => {
    const { screen } = setUp();
    const abort = new AbortController();
    const wait = screen.waitFor(text("third"), abort.signal);
    abort.abort(new Error("enough"));
    await expect(wait).rejects.toThrow("enough");
  });
});
