import { readFileSync } from "node:fs";
import { join } from "node:path";
import { toJsonSchema } from "@valibot/to-json-schema";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { factsSchema } from "./facts-schema.js";
import { parseFacts } from "./parse-facts.js";

const SCHEMA = join(import.meta.dirname, "../../../schema/facts.schema.json");

function refusal(text: string): { message: string; line?: number; code: string } {
  try {
    parseFacts(text, "facts.json");
  } catch (error) {
    return error as { message: string; line?: number; code: string };
  }
  throw new Error("Nothing was refused.");
}

describe("parseFacts", () => {
  it("takes JSON and YAML, with usage and cost at the top or in final", () => {
    expect(parseFacts('{"final":{"cost_usd":0.5},"usage":{"in":1}}', "f")).toEqual({
      final: { cost_usd: 0.5 },
      usage: { in: 1 },
    });
    expect(parseFacts("\ufeffharness:\n  name: agent\ncost_usd: 1\n", "f")).toEqual({
      harness: { name: "agent" },
      cost_usd: 1,
    });
  });

  it("lists every problem with its line and path", () => {
    const { message, line, code } = refusal(
      '{\n  "quta": {},\n  "quota": {\n    "entries": [],\n    "status": 1\n  },\n  "final": { "cost_usd": "1" }\n}',
    );
    expect(code).toBe("CASSETTE_FACTS_INVALID");
    expect(line).toBe(2);
    for (const part of [
      "line 2: quta: unknown (did you mean quota?)",
      "line 3: quota.source: missing",
      "line 4: quota.entries: unknown",
      "line 5: quota.status: expected string",
      "line 7: final.cost_usd: expected number",
    ])
      expect(message).toContain(part);
  });

  it("lists every unknown key of one object, and those that every JavaScript object seems to have", () => {
    const { message } = refusal(
      '{"quta":{},\n"harnes":{},\n"toString":1,\n"__proto__":{},\n"final":{"exit":{},"cost":1,"constructor":2}}',
    );
    for (const part of [
      "line 1: quta: unknown (did you mean quota?)",
      "line 2: harnes: unknown (did you mean harness?)",
      "line 3: toString: unknown",
      "line 4: __proto__: unknown",
      "line 5: final.exit: determined by the recording",
      "line 5: final.cost: unknown",
      "line 5: final.constructor: unknown",
    ])
      expect(message).toContain(part);
  });

  it("refuses what is too large, too deep or expands too far", () => {
    expect(refusal(JSON.stringify({ usage: { text: "x".repeat(1_000_001) } })).message).toContain("1 MB");
    expect(refusal(`{"usage":${'{"a":'.repeat(5_000)}1${"}".repeat(5_000)}}`).code).toBe(
      "CASSETTE_FACTS_INVALID",
    );
    const levels = Array.from({ length: 9 }, (_, i) => `  l${i + 1}: &l${i + 1} [${`*l${i},`.repeat(9)}]`);
    expect(refusal(`usage:\n  l0: &l0 [x]\n${levels.join("\n")}\n`).code).toBe("CASSETTE_FACTS_INVALID");
    expect(refusal("usage: &self\n  again: *self\n").code).toBe("CASSETTE_FACTS_INVALID");
  });

  it("refuses a time that does not exist", () => {
    expect(refusal('{"harness":{"captured_at":"2026-13-45T99:99:99Z"}}').message).toContain(
      "harness.captured_at: expected a time that exists",
    );
    expect(refusal('{"harness":{"captured_at":"yesterday"}}').message).toContain("RFC 3339");
  });

  it("lists the options that the recording determines", () => {
    for (const text of [
      '{"version":1}',
      '{"terminal":{"initial_rows":9}}',
      '{"final":{"exit":{}}}',
      '{"required_features":[]}',
    ])
      expect(refusal(text).message).toContain("determined by the recording; leave it out");
  });

  it("refuses a fact that is given twice, text that is no object and broken syntax, each with its line", () => {
    expect(refusal('{"usage":{},\n"final":{"usage":{}}}').message).toContain(
      "line 1: usage: given here and as final.usage",
    );
    expect(refusal('{"harness":{"name":"a"},\n"harness":{"name":"b"}}')).toMatchObject({ line: 2 });
    expect(refusal("[]")).toMatchObject({ line: 1 });
    expect(refusal('{\n"a": ')).toMatchObject({ code: "CASSETTE_FACTS_INVALID" });
  });

  it("refuses numbers that JSON cannot write", () => {
    expect(refusal("cost_usd: .inf").message).toContain("cost_usd");
    expect(refusal("final:\n  metadata:\n    deep: [{ n: .nan }]").message).toContain("final.metadata");
    expect(refusal('{"cost_usd":1e400}').message).toContain("cost_usd");
  });
});

describe("facts.schema.json", () => {
  it("is generated from the schema that the command uses", async () => {
    const generated = {
      $schema: "https://json-schema.org/draft/2020-12/schema",
      $id: "cassette-facts-1",
      title: "Facts for `cassette record --manifest`",
      ...toJsonSchema(factsSchema, { target: "draft-2020-12", errorMode: "ignore" }),
    };
    await expect(`${JSON.stringify(generated, null, 2)}\n`).toMatchFileSnapshot(SCHEMA);
  });

  it("accepts and refuses what the command does", () => {
    const matches = new Ajv2020({ allErrors: true }).compile(JSON.parse(readFileSync(SCHEMA, "utf8")));
    expect(matches({ quota: { source: "s", status: "known" }, cost_usd: 1 })).toBe(true);
    expect(matches({ quta: {} })).toBe(false);
    expect(matches({ quota: { source: "s" } })).toBe(false);
  });
});
