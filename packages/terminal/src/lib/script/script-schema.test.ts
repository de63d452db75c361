import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isCassetteError } from "@cassette/format";
import { toJsonSchema } from "@valibot/to-json-schema";
import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseScript, STEP_NAMES } from "./parse-script.js";
import { scriptSchema, stepSchema } from "./step-schemas.js";

const file = join(import.meta.dirname, "../../../schema/script.schema.json");
const matches = new Ajv2020({ allErrors: true, allowUnionTypes: true }).compile(
  JSON.parse(readFileSync(file, "utf8")),
);

function parses(script: unknown): boolean {
  try {
    parseScript(JSON.stringify(script), "s.json");
    return true;
  } catch (error) {
    if (isCassetteError(error, "CASSETTE_SCRIPT_INVALID")) return false;
    throw error;
  }
}

const GOOD: unknown[] = [
  [],
  ["hangup"],
  [{ hangup: null }],
  [{ wait: "ready" }, { wait: "/o+k$/i" }, { wait: 42 }],
  [{ wait: { line: "/^\\$ /", timeoutMs: "2s" } }, { wait: { screen: true } }],
  [{ wait: { settledMs: 250, timeoutMs: 1_000 } }],
  [{ expect: { screen: "done" } }, { expect: "done" }],
  [{ type: "echo hi" }, { type: "" }, { type: 1 }, { secret: "DB_PASSWORD" }],
  [{ press: "Enter" }, { press: ["C-c", "Up", 1] }, { press: [] }],
  [{ paste: "two\nlines\n" }, { mark: "half way" }, { signal: "SIGTERM" }],
  [{ resize: "100x30" }, { resize: "100x" }, { resize: "X30" }, { resize: " 500x500 " }],
  [{ wait: { ended: true } }, { press: "q", optional: true }, { include: "other.yaml" }],
  [{ repeat: { times: 2, steps: [{ press: "j" }, "hangup"] } }],
  { steps: [{ type: "a" }], size: "100x30", env: { LANG: "C" }, atEnd: "wait" },
  [{ sleep: 0 }, { sleep: "1.5s" }, { sleep: "5" }, { sleep: " 2 m " }],
];

const BAD: unknown[] = [
  {},
  { steps: [{ tpye: "a" }] },
  { steps: [], atEnd: "later" },
  { steps: [], env: { "A B": "x" } },
  [{ optional: true }],
  [{ press: "q", optional: "yes" }],
  [{ repeat: { times: 1.5, steps: [] } }],
  [{ repeat: { times: 1, steps: [{}] } }],
  [{ wait: { ended: false } }],
  [{ expect: { ended: true } }],
  "hangup",
  null,
  [null],
  ["wait"],
  [[]],
  [{}],
  [{ wait: "a", type: "b" }],
  [{ tpye: "x" }],
  [{ wait: "" }],
  [{ wait: true }],
  [{ wait: null }],
  [{ wait: {} }],
  [{ wait: { timeoutMs: 3 } }],
  [{ wait: { screen: "a", line: "b" } }],
  [{ wait: { screen: "a", settledMs: 3 } }],
  [{ wait: { screen: "a", timeout: 3 } }],
  [{ wait: { line: "" } }],
  [{ wait: { screen: null, settledMs: 3 } }],
  [{ expect: { settledMs: 3 } }],
  [{ type: null }],
  [{ type: ["a"] }],
  [{ press: [["a"]] }],
  [{ press: {} }],
  [{ resize: "x" }],
  [{ resize: "0x24" }],
  [{ resize: "501x24" }],
  [{ resize: "80x501" }],
  [{ resize: 80 }],
  [{ sleep: "soon" }],
  [{ sleep: "-1" }],
  [{ sleep: -1 }],
  [{ sleep: true }],
];

describe("schema/script.schema.json", () => {
  it.each(GOOD.map((script) => [script]))("takes %j, as the parser does", (script) => {
    expect([matches(script), parses(script)]).toEqual([true, true]);
  });

  it.each(BAD.map((script) => [script]))("refuses %j, as the parser does", (script) => {
    expect([matches(script), parses(script)]).toEqual([false, false]);
  });

  it("is generated from the schema that the parser uses", async () => {
    const generated = {
      $schema: "https://json-schema.org/draft/2020-12/schema",
      $id: "cassette-script-1",
      title: "A script of `cassette record`",
      description: "Steps that type, press and wait, one after another.",
      ...toJsonSchema(scriptSchema, {
        target: "draft-2020-12",
        typeMode: "input",
        errorMode: "ignore",
        definitions: { step: stepSchema },
      }),
    };
    await expect(`${JSON.stringify(generated, null, 2)}\n`).toMatchFileSnapshot(file);
  });

  it("agrees with the parser on any step", () => {
    const value = fc.oneof(
      fc.constantFrom("a", "", "1s", "80x24", 0, -1, 2, true, null),
      fc.array(fc.constantFrom("a", 1, null), { maxLength: 2 }),
      fc.dictionary(
        fc.constantFrom("screen", "line", "settledMs", "timeoutMs", "other"),
        fc.constantFrom("a", "", "1s", 0, -1, true, null),
        { maxKeys: 3 },
      ),
    );
    const key = fc.constantFrom(...STEP_NAMES, "Wait", "toString");
    const script = fc.array(fc.dictionary(key, value, { maxKeys: 2 }), { maxLength: 2 });
    fc.assert(
      fc.property(script, (steps) => matches(steps) === parses(steps)),
      { numRuns: process.env.CASSETTE_SOAK ? 50_000 : 1_000 },
    );
  });
});
