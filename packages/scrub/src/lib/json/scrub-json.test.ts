import type { JsonValue } from "@cassette/format";
import { describe, expect, it } from "vitest";
import { createScrubber } from "../../index.js";

const TOKEN = "ghp_aB3dE6fGh1JkLmN0pQrStUvWxYz12345678k";
const scrubber = createScrubber();
const scrubbed = (value: JsonValue) => scrubber.scrubJson(value).value;

describe("scrubJson", () => {
  it("scrubs strings and keys at any depth and leaves all else", () => {
    expect(scrubbed({ a: [1, true, null, { b: `x ${TOKEN}`, [TOKEN]: 2.5 }], c: "plain" })).toEqual({
      a: [1, true, null, { b: "x <redacted>", "<redacted>": 2.5 }],
      c: "plain",
    });
  });

  it("replaces strings under a key that says secret, whatever they are", () => {
    expect(
      scrubbed({ api_key: "abc", clientSecret: ["x y", { z: "w" }], token_type: "bearer", max_tokens: 5 }),
    ).toEqual({
      api_key: "<redacted>",
      clientSecret: ["<redacted>", { z: "<redacted>" }],
      token_type: "bearer",
      max_tokens: 5,
    });
  });

  it("leaves what only stands for a secret", () => {
    const value = { password: "", token: "<redacted>", secret: "$" + "{SECRET}" };
    expect(scrubbed(value)).toEqual(value);
  });

  it("takes the argument after an option that says secret", () => {
    expect(scrubbed(["login", "--password", "hunter2", "--token", "--verbose", "file"])).toEqual([
      "login",
      "--password",
      "<redacted>",
      "--token",
      "--verbose",
      "file",
    ]);
  });

  it("keeps keys apart that become one, and their order", () => {
    const value = Object.fromEntries([TOKEN, `${TOKEN}1`, "last"].map((key, index) => [key, index]));
    expect(Object.entries(scrubbed(value) ?? {})).toEqual([
      ["<redacted>", 0],
      ["<redacted> 2", 1],
      ["last", 2],
    ]);
  });

  it("treats __proto__ as a key like others", () => {
    const value = JSON.parse(`{"__proto__": {"x": "${TOKEN}"}}`);
    expect(JSON.stringify(scrubbed(value))).toBe('{"__proto__":{"x":"<redacted>"}}');
    expect(Object.hasOwn({}, "x")).toBe(false);
  });

  it("does not fall over depth", () => {
    let value: JsonValue = TOKEN;
    for (let depth = 0; depth < 100_000; depth++) value = [value];
    let inner = scrubbed(value);
    while (Array.isArray(inner)) inner = inner[0] ?? null;
    expect(inner).toBe("<redacted>");
  });

  it("counts every replaced value", () => {
    const { report } = scrubber.scrubJson({ password: "a1", list: [TOKEN, TOKEN] });
    expect(report).toMatchObject({
      status: "redacted",
      hit_counts: { "github-token": 2, "secret-field": 1 },
    });
  });
});
