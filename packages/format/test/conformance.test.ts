import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import * as schema from "../src/schema.js";

const CASSETTES = join(import.meta.dirname, "../conformance/go-v1/cassettes");
const names = readdirSync(CASSETTES, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name);

const read = (name: string, file: string): string => readFileSync(join(CASSETTES, name, file), "utf8");

function recode(name: string, file: string): string {
  const text = read(name, file);
  const where = { file };
  const lines = <T>(parse: (line: string, at: typeof where) => T, encode: (record: T) => string): string =>
    text
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => `${encode(parse(line, where))}\n`)
      .join("");
  switch (file) {
    case "manifest.json":
      return schema.encodeManifest(schema.parseManifest(text, where));
    case "final.json":
      return schema.encodeFinalRecord(schema.parseFinalRecord(text, where));
    case "scrub-report.json":
      return schema.encodeScrubReport(schema.parseScrubReport(text, where));
    case "quota.json":
      return schema.encodeQuota(schema.parseQuota(text, where));
    case "discovery.json":
      return schema.encodeDiscovery(schema.parseDiscovery(text, where));
    case "input.jsonl":
      return lines(schema.parseInputRecord, schema.encodeInputRecord);
    case "output.jsonl":
      return lines(schema.parseOutputRecord, schema.encodeOutputRecord);
    case "frames.jsonl":
      return lines(schema.parseFrameRecord, schema.encodeFrameRecord);
    case "service-events.jsonl":
      return lines(schema.parseServiceEventRecord, schema.encodeServiceEventRecord);
    default:
      throw new Error(`no codec for ${file}`);
  }
}

describe("the 13 cassettes of the Go implementation", () => {
  it("are all here", () => expect(names).toHaveLength(13));

  for (const name of names) {
    for (const file of readdirSync(join(CASSETTES, name)).filter((file) => file !== "output.raw")) {
      it(`${name}/${file} parses and comes out again unchanged`, () => {
        expect(recode(name, file)).toBe(read(name, file));
      });
    }
  }
});
