import { afterEach, describe, expect, it, vi } from "vitest";
import { programEnv } from "./program-env.js";

afterEach(() => vi.unstubAllEnvs());

describe("programEnv", () => {
  it.each([
    ["dumb", undefined, false, "xterm-256color"],
    [undefined, undefined, false, "xterm-256color"],
    ["screen", undefined, true, "screen"],
    ["screen", "vt220", true, "vt220"],
    ["screen", "vt220", false, "vt220"],
  ])("TERM %s, --term %s and a user terminal (%s) give %s", (own, term, hasUserTerminal, wanted) => {
    vi.stubEnv("TERM", own);
    vi.stubEnv("LINES", "7");
    expect(programEnv(term, hasUserTerminal).TERM).toBe(wanted);
    expect(programEnv(term, hasUserTerminal)).not.toHaveProperty("LINES");
  });
});
