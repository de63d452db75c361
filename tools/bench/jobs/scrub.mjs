import { lintSource } from "@secretlint/core";
import { creator } from "@secretlint/secretlint-rule-preset-recommend";
import { createScrubber } from "../../../packages/scrub/dist/index.js";
import { seeded } from "../corpus.mjs";

const CHUNK = 1 << 16;
const LEVELS = ["INFO", "WARN", "ERROR", "DEBUG"];
const WORDS =
  "request cache worker queue retry open close index frame buffer socket commit merge update read done".split(
    " ",
  );
/** Words that are anchors of rules. */
const ANCHORS = "token password secret bearer key login".split(" ");
/** Every so many lines contain a secret or a name. */
const RARE = 2_000;

/** Plain lines of a log, occasionally with a token, a password or an address. */
function logText(bytes, vocabulary) {
  const random = seeded(7);
  const pick = (list) => list[Math.floor(random() * list.length)];
  const base62 = (length) =>
    Array.from({ length }, () =>
      pick([..."ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"]),
    ).join("");
  const rare = [
    () => `ghp_${base62(36)}`,
    () => `password=${base62(14)}`,
    () => `jo.${base62(6)}@mail.example.org`,
    () => "/home/alicesmith/project",
  ];
  const lines = [];
  for (let length = 0, line = 0; length < Math.min(bytes, 8e6); line++) {
    const time = new Date(1_700_000_000_000 + line * 137).toISOString();
    const words = Array.from({ length: 4 + Math.floor(random() * 12) }, () => pick(vocabulary));
    if (line % RARE === RARE - 1) words.push(pick(rare)());
    lines.push(`${time} ${pick(LEVELS)} [${Math.floor(random() * 64)}] ${words.join(" ")}\n`);
    length += lines.at(-1).length;
  }
  const block = Buffer.from(lines.join(""));
  return Buffer.concat(Array.from({ length: Math.ceil(bytes / block.length) }, () => block)).subarray(
    0,
    bytes,
  );
}

/** @param {import("../main.mjs").Bench} bench */
export function groups({ quick }) {
  const scrubber = createScrubber({
    home: "/home/alicesmith",
    names: ["alicesmith", "bigmachine"],
    accountIdentifiers: ["acct-12345"],
    secrets: ["Correct-h0rse/battery"],
  });
  const goScrubber = createScrubber({ ruleSet: "go-v1", home: "/home/alicesmith" });
  const config = { rules: [{ id: "preset", rule: creator }] };
  const bytes = quick ? 8e6 : 64e6;
  const jobsOf = (log) => [
    {
      name: "secretlint, the recommended preset",
      bytes: log.length,
      async run() {
        const source = { content: log.toString(), filePath: "/log.txt", ext: ".txt", contentType: "text" };
        await lintSource({ source, options: { config } });
      },
    },
    {
      name: "scrubStream, the default set",
      bytes: log.length,
      run: async () => void (await scrubber.scrubStream(chunksOf(log))),
    },
    {
      name: "scrubText, the default set",
      bytes: log.length,
      run: () => void scrubber.scrubText(log.toString()),
    },
    { name: "scrubText, go-v1", bytes: log.length, run: () => void goScrubber.scrubText(log.toString()) },
  ];
  return [
    { title: "find secrets and identity in a log", missing: [], jobs: jobsOf(logText(bytes, WORDS)) },
    {
      title: "the same with tokens or passwords mentioned in every line",
      missing: [],
      jobs: jobsOf(logText(bytes / 4, [...WORDS, ...ANCHORS])),
    },
  ];
}

function chunksOf(log) {
  const chunks = [];
  for (let at = 0; at < log.length; at += CHUNK) chunks.push({ bytes: log.subarray(at, at + CHUNK) });
  return chunks;
}
