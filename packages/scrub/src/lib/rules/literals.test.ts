import { describe, expect, it } from "vitest";
import { createScrubber } from "../../index.js";

describe("secrets of a configuration", () => {
  const scrubbed = (secret: string, text: string) =>
    createScrubber({ secrets: [secret] }).scrubText(text).text;

  it("are masked inside of words", () => {
    expect(scrubbed("qwertz-9876", "xqwertz-9876x")).toBe("x<redacted>x");
  });

  it.each(["postgres", "Develop", "TESTING"])("that are a word are masked as one: %s", (word) => {
    const other = `${word}ed un${word} ${word}ql`;
    expect(scrubbed(word, `say ${word}, ${word}=1 ${other}`)).toBe(`say <redacted>, <redacted>=1 ${other}`);
  });
});

describe("a home", () => {
  const { scrubText } = createScrubber({ home: "/home/al", worktree: "/srv/w" });

  it.each([
    ["/home/al.smith and /home/al", "/home/al.smith and $HOME"],
    ["in /home/al. Then", "in $HOME. Then"],
    ["/home/al/.cache /srv/w.old /srv/w/x", "$HOME/.cache /srv/w.old $WORKTREE/x"],
  ])("is no part of a longer name: %s", (text, expected) => {
    expect(scrubText(text).text).toBe(expected);
  });
});
