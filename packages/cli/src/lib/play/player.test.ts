import { describe, expect, it } from "vitest";
import { createPlayer, type PlayerOptions, type PlayerState } from "./player.js";
import type { Timeline } from "./timeline.js";

const TIMELINE: Timeline = {
  moments: Float64Array.from([0, 100, 5_000, 5_040, 60_000, 99_000]),
  seqs: Float64Array.from([1, 2, 3, 4, 5, 6]),
  marks: [
    { seq: 3, t_ms: 5_000, label: "one" },
    { seq: 9, t_ms: 60_000, label: "two" },
  ],
  duration_ms: 100_000,
};

const play = (options: Partial<PlayerOptions> = {}) =>
  createPlayer({
    timeline: TIMELINE,
    from: 0,
    to: TIMELINE.duration_ms,
    speed: 1,
    idleMs: Number.POSITIVE_INFINITY,
    loop: false,
    pauseOnMarks: false,
    collapsed: false,
    ...options,
  });

/** The state after keys, from a place. */
function after(
  keys: string[],
  at: Partial<PlayerState> = {},
  options: Partial<PlayerOptions> = {},
): PlayerState {
  const player = play(options);
  return keys.reduce((state, key) => player.press(state, key), { ...player.start, ...at });
}

describe("createPlayer", () => {
  it.each([
    [["right"], 0, 5_000],
    [["left"], 7_000, 2_000],
    [["left"], 3_000, 0],
    [["right"], 98_000, 100_000],
    [["shift+right"], 20_000, 30_000],
    [["shift+left"], 20_000, 10_000],
    [["7"], 0, 70_000],
    [["0"], 50_000, 0],
    [["."], 100, 5_000],
    [[".", "."], 100, 5_040],
    [["."], 99_500, 99_500],
    [[","], 5_040, 5_000],
    [[","], 5_020, 100],
    [[","], 0, 0],
    [["]"], 0, 5_000],
    [["]", "]"], 0, 60_000],
    [["["], 70_000, 60_000],
  ])("goes by %j from %i to %i", (keys, from, to) => {
    expect(after(keys, { t_ms: from, isPlaying: false }).t_ms).toBe(to);
  });

  it("stays within the part that is played", () => {
    const part = { from: 10_000, to: 20_000 };
    expect(after(["left"], { t_ms: 12_000 }, part).t_ms).toBe(10_000);
    expect(after(["shift+right"], { t_ms: 12_000 }, part).t_ms).toBe(13_000);
    expect(after(["right", "right"], { t_ms: 12_000 }, part).t_ms).toBe(20_000);
  });

  it("plays as time passes, at its speed, and is over at the end", () => {
    const player = play({ speed: 2 });
    const halfway = player.advance(player.start, 25_000);
    expect(halfway).toMatchObject({ t_ms: 50_000, isPlaying: true, over: null });
    expect(player.advance(halfway, 25_000)).toMatchObject({ t_ms: 100_000, over: "end" });
  });

  it("does not end when the user jumps to the end", () => {
    expect(after(["right"], { t_ms: 99_000 })).toMatchObject({ t_ms: 100_000, isPlaying: false, over: null });
    expect(after(["space"], { t_ms: 100_000, isPlaying: false })).toMatchObject({ t_ms: 0, isPlaying: true });
  });

  it("does not advance while it is paused", () => {
    const player = play();
    const paused = player.press(player.start, "space");
    expect(player.advance(paused, 5_000).t_ms).toBe(0);
    expect(player.advance(player.press(paused, "space"), 5_000).t_ms).toBe(5_000);
  });

  it("starts again at the end of a loop", () => {
    const player = play({ loop: true, from: 1_000 });
    expect(player.advance(player.start, 1e6)).toMatchObject({ t_ms: 1_000, isPlaying: true, over: null });
  });

  it("cuts a long pause, whatever the place in it", () => {
    const player = play({ idleMs: 1_000 });
    const ms = (elapsed: number) => player.advance(player.start, elapsed).t_ms;
    expect(ms(1_050)).toBe(1_050);
    expect(ms(1_100)).toBe(5_000);
    expect(ms(1_100 + 1_040)).toBe(60_000);
    expect(player.advance({ ...player.start, t_ms: 30_000 }, 1).t_ms).toBe(60_001);
  });

  it("stops at marks if asked", () => {
    const player = play({ pauseOnMarks: true });
    const stopped = player.advance(player.start, 30_000);
    expect(stopped).toMatchObject({ t_ms: 5_000, isPlaying: false, message: "mark: one" });
    const on = player.press(stopped, "space");
    expect(player.advance(on, 10_000)).toMatchObject({ t_ms: 15_000, isPlaying: true });
  });

  it("jumps from moment to moment in collapsed mode", () => {
    const player = play({ collapsed: true });
    const seen: number[] = [];
    for (let state = player.start; !state.over; state = player.advance(state, 0)) seen.push(state.t_ms);
    expect(seen).toEqual([0, 100, 5_000, 5_040, 60_000, 99_000]);
  });

  it("changes its speed within limits", () => {
    expect(after(["+", "+", "-"]).speed).toBe(2);
    expect(after(Array.from({ length: 50 }, () => "-")).speed).toBe(1 / 16);
    expect(after(Array.from({ length: 50 }, () => "+")).speed).toBe(256);
  });

  it("takes a pattern, and asks for a search from here", () => {
    const typed = after(["/", "a", "b", "backspace", "q", "space", "?", "enter"], { t_ms: 7_000 });
    expect(typed).toMatchObject({ prompt: null, pattern: "aq ?", searchFrom: 7_000, over: null });
    const player = play();
    expect(player.found(typed, 60_000)).toMatchObject({ t_ms: 60_000, searchFrom: null });
    expect(player.found(typed, null)).toMatchObject({ t_ms: 7_000, message: "not found after here: aq ?" });
    expect(player.press(player.found(typed, 60_000), "n").searchFrom).toBe(60_000);
    expect(player.press(typed, "x").searchFrom).toBeNull();
  });

  it("forgets a pattern that is not finished", () => {
    expect(after(["/", "a", "escape"])).toMatchObject({ prompt: null, pattern: "", searchFrom: null });
    expect(after(["/", "backspace"])).toMatchObject({ prompt: null });
    expect(after(["n"]).message).toContain("press /");
  });

  it("shows help until the next key, and leaves when asked", () => {
    expect(after(["?"]).showsHelp).toBe(true);
    expect(after(["?", "7"])).toMatchObject({ showsHelp: false, t_ms: 0 });
    for (const key of ["q", "ctrl+c"]) expect(after(["?", key]).over).toBe("quit");
  });

  it("is not moved by keys it does not know", () => {
    const start = play().start;
    for (const key of ["x", "up", "constructor", "__proto__", "toString"])
      expect(after([key])).toEqual(start);
  });
});
