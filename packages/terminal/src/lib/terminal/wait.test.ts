import {
  CELL_MODE,
  type Cell,
  type Clock,
  type PtyEvent,
  type PtySession,
  type Screen,
} from "@cassette/format";
import { describe, expect, it } from "vitest";
import type { Condition } from "./condition.js";
import { createTerminal } from "./create-terminal.js";
import { createProgress, noteEnd, noteEvent, noteFailure } from "./progress.js";

const OUTPUT: PtyEvent = { kind: "output", seq: 1, t_ms: 0, offset: 0, bytes: new Uint8Array() };

const CANONICAL = { canonical: true, echo: true };
let modes = CANONICAL;
const typed = (text: string): PtyEvent => ({
  kind: "input",
  seq: 1,
  t_ms: 0,
  bytes: Buffer.from(text),
  origin: "typed",
  modes,
});

/** Cells of rows that wrap where they have more than 18 characters. */
function cellsOf(rows: readonly string[]): Cell[][] {
  return rows.map((row) =>
    Array.from(row.padEnd(20), (sign, column) => ({
      Char: sign.charCodeAt(0),
      FG: 0,
      BG: 0,
      Mode: column === 19 && row.length > 18 ? CELL_MODE.wrappedRow : 0,
    })),
  );
}

function setUp() {
  modes = CANONICAL;
  const rows = ["first row", "second", "$"];
  const cursor = { Row: 2, Col: 2, Visible: true };
  const time = { ms: 0 };
  const clock: Clock = { now: () => time.ms, monotonic: () => time.ms };
  const progress = createProgress(clock);
  const terminal = createTerminal({
    session: { sendText: async (text: string) => noteEvent(progress, typed(text)) } as unknown as PtySession,
    progress,
    screen: async () => ({ text: rows, cursor, size: { Rows: 6, Cols: 20 }, cells: cellsOf(rows) }) as Screen,
    mark: async () => {},
    // No time passes by itself.
    sleep: async (_ms, signal) => {
      signal?.throwIfAborted();
      await new Promise((resolve) => signal?.addEventListener("abort", resolve));
    },
    close: async () => {},
  });
  const passTo = (ms: number) => {
    time.ms = ms;
    progress.changes.changed();
  };
  return { rows, progress, terminal, passTo, print: () => noteEvent(progress, OUTPUT) };
}

/** What happens when all that needs no time has happened. */
const isLater = () => new Promise((resolve) => setImmediate(resolve, "later"));

describe("a terminal's waits", () => {
  it("match the whole screen or single rows", async () => {
    const { terminal } = setUp();
    expect(await terminal.shows("row\nsec")).toBe(true);
    expect(await terminal.shows("row\nsec", { in: "line" })).toBe(false);
    expect(await terminal.shows(/^second$/, { in: "line" })).toBe(true);
    expect(await terminal.shows(/^second$/)).toBe(false);
  });

  it("see the blanks before the cursor, so that a prompt can be waited for", async () => {
    const { terminal } = setUp();
    expect(await terminal.shows("$ ")).toBe(true);
    expect(await terminal.shows(/^\$ $/, { in: "line" })).toBe(true);
    expect(await terminal.shows("second ")).toBe(false);
  });

  it("match a global pattern from the start each time", async () => {
    const { terminal } = setUp();
    const pattern = /second/g;
    expect([await terminal.shows(pattern), await terminal.shows(pattern)]).toEqual([true, true]);
  });

  it("end when the text appears", async () => {
    const { rows, terminal, print } = setUp();
    const wait = terminal.waitFor("third");
    expect(await Promise.race([wait, isLater()])).toBe("later");
    rows.push("third");
    print();
    await expect(wait).resolves.toMatchObject({ text: rows });
  });

  it("fail when the program has ended before", async () => {
    const { terminal, progress } = setUp();
    const wait = terminal.waitFor(/third/, { in: "line" });
    noteEnd(progress);
    await expect(wait).rejects.toMatchObject({
      code: "CASSETTE_WAIT_FAILED",
      message: "The program ended before a line with /third/ came.",
    });
  });

  it("fail when the time limit is reached", async () => {
    const { terminal, passTo } = setUp();
    const wait = terminal.waitFor("third", { timeoutMs: 1_000 });
    const failed = expect(wait).rejects.toMatchObject({
      code: "CASSETTE_WAIT_FAILED",
      message: '"third" did not appear within 1000 ms.',
    });
    await isLater();
    passTo(1_001);
    await failed;
  });

  it("fail with the session's own error", async () => {
    const { terminal, progress } = setUp();
    const wait = terminal.waitFor("third");
    noteFailure(progress, new Error("no more"));
    await expect(wait).rejects.toThrow("no more");
    expect(progress.failure?.isReported).toBe(true);
  });

  it("count a rest from the last output", async () => {
    const { terminal, print, passTo } = setUp();
    passTo(90);
    print();
    passTo(189);
    const wait = terminal.waitSettled(100).then(() => "met");
    expect(await Promise.race([wait, isLater()])).toBe("later");
    passTo(190);
    expect(await wait).toBe("met");
  });

  it("count a rest from the last input", async () => {
    const { terminal, print, passTo } = setUp();
    print();
    passTo(500);
    await terminal.type("x");
    const wait = terminal.waitSettled(100).then(() => "met");
    passTo(590);
    print();
    passTo(689);
    expect(await Promise.race([wait, isLater()])).toBe("later");
    passTo(690);
    expect(await wait).toBe("met");
  });

  it("show a condition whether anything was printed since the last action", async () => {
    const { terminal, print } = setUp();
    const printed: Condition = {
      name: "output",
      look: ({ isPrinted }) => (isPrinted ? "met" : { afterMs: Number.POSITIVE_INFINITY }),
    };
    print();
    expect(await terminal.wait(printed)).toBe("met");
    await terminal.type("x");
    const wait = terminal.wait(printed);
    expect(await Promise.race([wait, isLater()])).toBe("later");
    print();
    expect(await wait).toBe("met");
  });

  it("see a text that wraps, as one row", async () => {
    const { rows, terminal } = setUp();
    rows.splice(0, rows.length, "the quick brown fox", "jumps over", "$");
    expect(await terminal.shows("fox jumps")).toBe(true);
    expect(await terminal.shows(/^the quick brown fox jumps over$/, { in: "line" })).toBe(true);
    expect(await terminal.shows("over$")).toBe(false);
  });

  it("do not mistake the echo of typed text for an answer", async () => {
    const { rows, terminal } = setUp();
    await terminal.type("make test\r");
    rows[2] = "$ make test";
    expect(await terminal.shows("test")).toBe(false);
    rows.push("test passed");
    expect(await terminal.shows("test")).toBe(true);
  });

  it("hide an echo that wraps, that was typed in pieces, or that equals the answer", async () => {
    const { rows, terminal } = setUp();
    await terminal.type("echo abcdef ");
    await terminal.type("ghijkl\r");
    await terminal.type("hello\r");
    rows.splice(2, 1, "$ echo abcdef ghijkl", "hello");
    expect(await terminal.shows("ghijkl")).toBe(false);
    expect(await terminal.shows("hello")).toBe(false);
    rows.push("hello");
    expect(await terminal.shows("hello")).toBe(true);
  });

  it("match text that the program itself draws for typed text", async () => {
    const { rows, terminal } = setUp();
    modes = { canonical: false, echo: false };
    await terminal.type("make");
    rows[2] = "$ make";
    expect(await terminal.shows("make")).toBe(true);
  });

  it("do not count a rest before anything was printed", async () => {
    const { terminal, passTo, print } = setUp();
    passTo(1_000);
    const wait = terminal.waitSettled(100).then(() => "met");
    expect(await Promise.race([wait, isLater()])).toBe("later");
    print();
    passTo(1_100);
    expect(await wait).toBe("met");
  });

  it("pass an abort on", async () => {
    const { terminal } = setUp();
    const abort = new AbortController();
    const wait = terminal.waitFor("third", { signal: abort.signal });
    abort.abort(new Error("enough"));
    await expect(wait).rejects.toThrow("enough");
  });
});
