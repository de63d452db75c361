import { describe, expect, it } from "vitest";
import { createScrubber } from "../create-scrubber.js";

const scrubbed = (text: string) => createScrubber().scrubText(text).text;
const TOKEN = ["ghp", "k7Q0aBcDeFgHiJkLmNoPqRsTuVwXyZ012345"].join("_");

describe("rows of base64", () => {
  it("go on in rows that hold digits alone", () => {
    const text = `${Buffer.from(`a first line, ${TOKEN} and more words`).toString("base64")}\n`.replace(
      /.{40}/g,
      "$&\n",
    );
    const masked = scrubbed(text);
    for (const row of text.split("\n").slice(1, 2)) expect(masked).not.toContain(row);
  });

  it("do not go on in a row that begins with a word", () => {
    const header = `X-Vault-Token=${["aaaaAGh2cy5aa1laa1Zaam1", "aa1Faa1Raa1Naa1A1a1a"].join("")}`;
    expect(scrubbed(`${header}\nhello there world\n`)).toBe("X-Vault-Token=<redacted>\nhello there world\n");
  });
});
