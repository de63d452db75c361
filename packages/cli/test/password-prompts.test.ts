import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { OTHER_PROMPTS, PASSWORD, RAW_PROMPTS } from "./programs/password-prompts.js";
import { recordTyped, WAYS } from "./record-prompt.js";

const IS_SOAK = Boolean(process.env.CASSETTE_SOAK);
const PROMPTS = IS_SOAK ? { ...RAW_PROMPTS, ...OTHER_PROMPTS } : RAW_PROMPTS;
const TIMEOUT_MS = 180_000;
/** No part of three keys. */
const PARTS = new RegExp(
  [...PASSWORD]
    .map((_, at) => PASSWORD.slice(at, at + 3))
    .slice(0, -2)
    .join("|"),
);

describe("a password typed at a prompt", () => {
  for (const [index, [name, prompt]] of Object.entries(PROMPTS).entries()) {
    const isMissing = spawnSync("sh", ["-c", `command -v ${prompt.program}`]).status !== 0;
    const ways = IS_SOAK ? WAYS : WAYS.slice(index % WAYS.length, (index % WAYS.length) + 1);
    it.skipIf(isMissing).each(ways)(
      `leaves nothing on the disk and in no process: ${name}, %s`,
      async (way) => {
        const { target, seen, processes, inputs, result } = await recordTyped(prompt, way);
        expect(result?.stdout ?? "").toBe("");
        // The terminal itself echoes what is typed before the prompt.
        expect(seen.filter((place) => way !== "typed ahead" || place.startsWith(`${target}/`))).toEqual([]);
        if (process.platform === "linux") expect(processes).toBeGreaterThan(0);
        const clear = inputs.map(({ bytes = "" }) => Buffer.from(bytes, "base64").toString()).join("");
        expect(clear).not.toMatch(PARTS);
        expect(inputs.some(({ withheld }) => withheld)).toBe(true);
        // Of a line not even the length is kept.
        if (prompt.isLine !== false && way !== "typed ahead") expect(inputs[0]).not.toHaveProperty("bytes");
      },
      TIMEOUT_MS,
    );
  }
});
