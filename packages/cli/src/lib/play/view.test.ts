import type { Screen } from "@cassette/format";
import { createEmulator } from "@cassette/terminal/parts";
import { describe, expect, it } from "vitest";
import { statusLine } from "./status-line.js";
import { viewOf } from "./view.js";

async function screenOf(output: string, size = { rows: 6, cols: 20 }): Promise<Screen> {
  const emulator = createEmulator(size);
  await emulator.feed(Buffer.from(output));
  const screen = emulator.snapshot({ cells: true });
  emulator.close();
  return screen;
}

const LINES = "one\r\ntwo\r\nthree\r\nfour\r\nfive\r\nsix 0123456789";

describe("viewOf", () => {
  it("shows all of a screen that fits", async () => {
    const view = viewOf(await screenOf("\x1b[31mred\x1b[m\r\nx"), { rows: 6, cols: 20 });
    expect(view).toEqual({ rows: ["\x1b[0;31mred\x1b[0m", "x"], cursor: { row: 1, col: 1 }, part: "" });
  });

  it("shows the part around the cursor of one that does not, and says so", async () => {
    const view = viewOf(await screenOf(LINES), { rows: 2, cols: 8 });
    expect(view).toEqual({ rows: ["", "3456789"], cursor: { row: 1, col: 7 }, part: "8x2 of 20x6" });
    const home = viewOf(await screenOf(`${LINES}\x1b[H`), { rows: 2, cols: 8 });
    expect(home).toMatchObject({ rows: ["one", "two"], cursor: { row: 0, col: 0 } });
  });

  it("leaves out half of a wide glyph", async () => {
    const screen = await screenOf("世界世界\x1b[H", { rows: 1, cols: 8 });
    expect(viewOf(screen, { rows: 1, cols: 3 }).rows).toEqual(["世"]);
  });

  it("hides the cursor when the program does", async () => {
    expect(viewOf(await screenOf("\x1b[?25l"), { rows: 6, cols: 20 }).cursor).toBeNull();
  });
});

describe("statusLine", () => {
  const timeline = {
    moments: new Float64Array(),
    seqs: new Float64Array(),
    marks: [{ seq: 1, t_ms: 50_000, label: "half" }],
    duration_ms: 100_000,
  };
  const state = {
    t_ms: 25_000,
    isPlaying: true,
    speed: 1,
    prompt: null,
    pattern: "",
    searchFrom: null,
    showsHelp: false,
    message: "",
    over: null,
  };
  const facts = { timeline, from: 0, to: 100_000, part: "", cols: 43 };

  it("shows place, progress with marks, and the message", () => {
    expect(statusLine(state, facts)).toBe("> 0:25/1:40 [=====>----|----------] ? help");
    expect(
      statusLine({ ...state, speed: 0.5, isPlaying: false }, { ...facts, part: "8x2 of 20x6", cols: 80 }),
    ).toBe("= 0:25/1:40 [=======>-------|---------------] 0.5x  8x2 of 20x6  paused, ? help");
  });

  it("shows the pattern that is being typed", () => {
    expect(statusLine({ ...state, prompt: "ab" }, facts)).toBe("/ab");
  });

  it.each([0, 1, 5, 12, 20, 30, 79])("is no wider than %i columns, and never acts", (cols) => {
    const line = statusLine(
      { ...state, message: "mark \x1b]52;c;AAAA\x07\u202e".repeat(9) },
      { ...facts, cols },
    );
    expect(line.length).toBeLessThanOrEqual(cols);
    expect(line).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  });
});
