import { spawnSync } from "node:child_process";
import { createFakeDriver } from "@cassette/pty";
import { describe, expect, it } from "vitest";
import { assertHolds, openTerminal } from "../src/index.js";
import "../src/vitest.js";

const has = (program: string) => spawnSync("which", [program], { stdio: "ignore" }).status === 0;

/** A program in memory that greets each name it reads; `q` ends it. */
function greeter() {
  const driver = createFakeDriver(async (terminal) => {
    terminal.setModes({ canonical: false, echo: false });
    await terminal.write(Buffer.from("\x1b]0;greeter\x07name? "));
    for (;;) {
      const typed = Buffer.from(await terminal.read()).toString();
      if (typed === "q") return;
      await terminal.write(Buffer.from(`${typed}\r\n\x1b[1mhello ${typed}\x1b[m\r\nname? `));
    }
  });
  const sleep = async (ms: number, signal?: AbortSignal) => {
    signal?.throwIfAborted();
    // Whatever is under way comes first; only then does time pass.
    await new Promise((resolve) => setTimeout(resolve, 20));
    if (!signal?.aborted && Number.isFinite(ms)) await driver.advance(ms);
  };
  return openTerminal({
    argv: ["greeter"],
    size: { rows: 6, cols: 30 },
    driver,
    time: { clock: driver.clock, sleep },
  });
}

describe("openTerminal", () => {
  it("waits for what comes, and judges what happened so far", async () => {
    await using terminal = await greeter();
    await terminal.waitFor("name? ");
    await terminal.type("Ada");
    await terminal.waitFor(/hello \w+/);
    await terminal.mark("greeted");
    await assertHolds(
      terminal,
      { type: "frame_contains", text: "hello Ada" },
      { type: "text_style", text: "hello Ada", bold: true },
      { type: "title", text: "greeter", at_mark: "greeted" },
      { type: "input_bytes", bytes_hex: "416461" },
      {
        type: "event_order",
        events: [
          { kind: "input", text: "Ada" },
          { kind: "output", text: "hello Ada" },
        ],
      },
    );
    await expect(terminal).toMatchScreen();
    await terminal.resize({ rows: 8, cols: 40 });
    await terminal.waitUntil({ type: "size_eventually", rows: 8, cols: 40 });
    await terminal.type("q");
    expect(await terminal.waitForExit()).toEqual({ code: 0, signal: null });
    await assertHolds(
      terminal,
      { type: "exit_status", exit_code: 0 },
      { type: "raw_output_order" },
      { type: "resize_order", before_kind: "input", after_kind: "final" },
      { type: "frame_stable_for", text: "name?", stable_for_ms: 60_000 },
    );
  });

  it("shows the screen when what it waits for does not come", async () => {
    await using terminal = await greeter();
    await terminal.waitFor("name? ");
    await terminal.type("Ada");
    const waiting = terminal.waitFor("hello Bob", { timeoutMs: 500 });
    await expect(waiting).rejects.toThrowErrorMatchingInlineSnapshot(`
      [AssertionError: greeter › wait
        expected  the screen contains "hello Bob"
        found     it did not come within 500 ms
        when      0 ms
        nearby    1 at 0 ms: output of 18 bytes
                  2 at 0 ms: frame "name?"
                  3 at 0 ms: input 416461
                  4 at 0 ms: output of 29 bytes
                  5 at 0 ms: frame "name? Ada"
        screen    frame 5 at 0 ms
          │ name? Ada
          │ hello Ada
          › name?
          ┆ 3 blank rows]
    `);
  });

  it("does not wait for a program that has ended", async () => {
    await using terminal = await greeter();
    await terminal.type("q");
    await expect(terminal.waitFor("hello")).rejects.toThrow("the program ended before");
    await expect(terminal.waitUntil({ type: "bell" })).rejects.toThrow("the bell rings at least 1");
  });

  it("settles when nothing is printed", async () => {
    await using terminal = await greeter();
    const { text } = await terminal.waitSettled(200);
    expect(text[0]).toBe("name?");
    await terminal.type("Ada");
    expect((await terminal.waitSettled(200)).text).toContain("hello Ada");
  });

  it("ends a wait when its signal is aborted", async () => {
    await using terminal = await greeter();
    const stop = new AbortController();
    const waiting = terminal.waitFor("never", { signal: stop.signal });
    stop.abort(new Error("enough"));
    await expect(waiting).rejects.toThrow("enough");
  });

  it.skipIf(!has("less"))("drives a real program", async () => {
    await using terminal = await openTerminal({
      argv: ["less", import.meta.filename],
      size: { rows: 12, cols: 60 },
    });
    await terminal.waitFor("terminal.test.ts");
    await terminal.type("/drives a real");
    await terminal.press("Enter");
    await terminal.waitFor("skipIf");
    await terminal.press("q");
    expect(await terminal.waitForExit()).toEqual({ code: 0, signal: null });
    await assertHolds(
      terminal,
      { type: "alternate_screen", active: false },
      { type: "exit_status", exit_code: 0 },
    );
  });
});
