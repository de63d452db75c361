import { cpSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openCassette, scanCassette, seal } from "../src/index.js";
import { cassettePath } from "./support/conformance-data.js";
import { temporaryDirectory } from "./support/temporary-directory.js";
import { toySeal } from "./support/toy-seal.js";

/** Fields as a later version might have them, spelled as no parsed value is printed. */
const LATER_VALUE = '{"z":1.0,"10":9007199254740993,"9":1e400,"z":"\\u0041"}';
const LATER = `"later":${LATER_VALUE},"2":-0.0,"1":null`;

/** A copy of a cassette with unknown fields put before the first key of every record and document. */
function withUnknown(fields: string): string {
  const dir = join(temporaryDirectory(), "given");
  cpSync(cassettePath("synthetic-full"), dir, { recursive: true });
  for (const name of readdirSync(dir).filter((name) => name !== "output.raw")) {
    const text = readFileSync(join(dir, name), "utf8");
    writeFileSync(join(dir, name), text.replace(name.endsWith("l") ? /^\{/gm : /^\{/, `{${fields},`));
  }
  return dir;
}

async function sealed(source: string, options = toySeal): Promise<Record<string, string>> {
  const target = join(temporaryDirectory(), "sealed");
  await seal(source, target, options);
  await (await openCassette(target)).close();
  return Object.fromEntries(
    readdirSync(target).map((name) => [name, readFileSync(join(target, name), "utf8")]),
  );
}

describe("seal, of records with fields it does not know", () => {
  it.each([
    ["scrubbing", toySeal],
    ["not scrubbing", { ...toySeal, redactor: null }],
  ])("keeps them as they are spelled when %s", async (_what, options) => {
    const files = await sealed(withUnknown(LATER), options);
    for (const name of ["input.jsonl", "output.jsonl", "service-events.jsonl"]) {
      const lines = files[name]?.trimEnd().split("\n") ?? [];
      expect(lines.length, name).toBeGreaterThan(0);
      for (const line of lines) expect(line.endsWith(`,${LATER}}`), line).toBe(true);
    }
    for (const name of ["manifest.json", "final.json", "quota.json", "discovery.json"]) {
      expect(files[name], name).toContain(`"later": ${LATER_VALUE}`);
      expect(files[name], name).toContain('"2": -0.0,\n  "1": null');
    }
  });

  it.each([
    ["a value", '"later":{"a":["s3cret"],"b":1.0}'],
    ["a value that another of the same name hides", '"later":{"a":"s3cret","a":""}'],
    ["an escaped value", '"later":"s3cre\\u0074"'],
    ["a name", '"s3cret":1.0'],
  ])("leaves no secret in %s", async (_what, fields) => {
    const source = withUnknown(fields);
    const found = await scanCassette(source, { ...toySeal, redactor: toySeal.redactor as never });
    for (const name of [
      "input.jsonl",
      "output.jsonl",
      "service-events.jsonl",
      "frames.jsonl",
      "final.json",
    ]) {
      expect(found.artifacts, name).toHaveProperty([name, "toy"]);
    }
    const text = Object.values(await sealed(source)).join("\n");
    expect(JSON.stringify(text.replaceAll("\\u0074", "t"))).not.toContain("s3cret");
  });
});
