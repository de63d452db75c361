import type { InputRecord, JsonValue } from "@cassette/format";
import { describe, expect, it } from "vitest";
import { createScrubber } from "../src/index.js";
import { KINDS, LITERAL, partsOf, type Random, seeded } from "./kinds.js";
import { readings } from "./readings.js";

const ROUNDS = process.env.CASSETTE_SOAK ? 50 : 1;
const scrubber = createScrubber({
  secrets: [LITERAL.secret],
  rules: [{ name: "acme", pattern: "acme_[A-Za-z0-9]{20}" }],
  envAllowlist: ["NOTE"],
});

const hex = (text: string) => Buffer.from(text).toString("hex");

/** Ways that apply where there is no screen. */
const WAYS: Readonly<Record<string, (text: string) => string>> = {
  plain: (text) => `before ${text} after`,
  percent: (text) => `x=${hex(text).replace(/../g, "%$&")}`,
  hex: (text) => `0x${hex(text)}`,
  base64: (text) => Buffer.from(`.${text}.`).toString("base64"),
  "zero-width": (text) => [...text].join("\u200b"),
};

const input = (bytes: string, index = 0): InputRecord => ({
  seq: index + 1,
  t_ms: index,
  kind: "input",
  bytes: new Uint8Array(Buffer.from(bytes)),
  key: "x",
});

/** Everything that is in a value, keys too. */
function textsOf(value: JsonValue): string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [key, ...textsOf(inner)]);
}

const jsonText = (value: JsonValue) => textsOf(scrubber.scrubJson(value).value).join("\n");

function typed(records: readonly InputRecord[]): string {
  const scrubbed = scrubber.scrubInputs(records).records;
  expect(scrubbed.map(({ bytes }) => bytes?.length)).toEqual(records.map(({ bytes }) => bytes?.length));
  return scrubbed.map(({ bytes }) => Buffer.from(bytes ?? []).toString("latin1")).join("");
}

/** Where else in a cassette a text can be, and what is there afterwards. */
const PLACES: Readonly<Record<string, (text: string, random: Random) => string>> = {
  "input, pasted": (text) => typed([input("$ "), input(text), input("\r")]),
  "input, split into keys": (text) => typed([...text].map(input)),
  "input, split at random and corrected": (text, random) => {
    const cut = 1 + Math.floor(random() * (text.length - 1));
    return typed([text.slice(0, cut), "#", "\x7f", text.slice(cut), "\r"].map(input));
  },
  title: (text) => scrubber.scrubText(`vim: ${text}`).text,
  argv: (text) => jsonText(["run", "--verbose", text]),
  environment: (text) => scrubber.scrubEnv({ NOTE: text, OTHER: text }).env.NOTE ?? "",
  "service event": (text) => jsonText({ type: "log", inner: [{ deep: { message: text } }], [text]: 1 }),
  "service event, JSON in JSON": (text) => jsonText({ body: JSON.stringify({ message: text }) }),
  "final text": (text) => scrubber.scrubText(`First line.\n${text}\nLast line.`).text,
  quota: (text) => jsonText({ source: "cli", status: "known", metadata: { raw: text } }),
  discovery: (text) => jsonText({ source: text, status: "known", models: ["m", text] }),
};

describe("scrubText, scrubJson, scrubEnv and scrubInputs, the leak matrix", () => {
  for (const [place, scrub] of Object.entries(PLACES)) {
    it(`leaves nothing of a secret in this place: ${place}`, async () => {
      const leaks: string[] = [];
      for (const [way, hide] of Object.entries(WAYS)) {
        for (let seed = 0; seed < ROUNDS * KINDS.length; seed++) {
          const random = seeded(seed);
          const kind = KINDS[seed % KINDS.length];
          const { carrier = "", secret = "" } = kind?.make(random) ?? {};
          const texts = await readings([Buffer.from(scrub(hide(carrier), random))]);
          const left = partsOf(secret).filter((part) => texts.some((text) => text.includes(part)));
          if (left.length > 0) leaks.push(`${kind?.name}, ${way} (${seed})`);
        }
      }
      expect(leaks).toEqual([]);
    });
  }
});
