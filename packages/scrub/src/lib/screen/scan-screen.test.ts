import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createScrubber } from "../../index.js";

const scrubber = createScrubber({ secrets: ["Tr0ub4dor&3-horse"] });
const TOKEN = `ghp_${"aB3dE6".repeat(6)}`;

/** What is at the places of the hits. */
function matched(rows: readonly string[]): string[] {
  return scrubber
    .scanScreen(rows)
    .map(({ places }) => places.map(({ row, start, end }) => rows[row]?.slice(start, end)).join("|"));
}

describe("scanScreen", () => {
  it("gives row and UTF-16 range of what it finds", () => {
    expect(scrubber.scanScreen(["", `€😀 ${TOKEN} é`])).toEqual([
      { rule: "github-token", places: [{ row: 1, start: 4, end: 4 + TOKEN.length }] },
    ]);
  });

  it("finds nothing on an ordinary or an empty screen", () => {
    expect(scrubber.scanScreen([])).toEqual([]);
    expect(scrubber.scanScreen(["", "~", "bearer of news, token by token"])).toEqual([]);
  });

  it("follows a secret over a wrap and through a box", () => {
    expect(matched([`key ${TOKEN.slice(0, 20)}`, TOKEN.slice(20)])).toEqual([
      `${TOKEN.slice(0, 20)}|${TOKEN.slice(20)}`,
    ]);
    expect(matched([`│ ${TOKEN.slice(0, 20)} │`, `│ ${TOKEN.slice(20)} │`])).toEqual([
      `${TOKEN.slice(0, 20)}|${TOKEN.slice(20)}`,
    ]);
  });

  it("looks through encodings", () => {
    expect(matched([Buffer.from(`..${TOKEN}.`).toString("base64")])).toHaveLength(1);
    expect(matched([Buffer.from(TOKEN).toString("hex")])).toHaveLength(1);
  });

  it("finds literal secrets of a configuration", () => {
    expect(matched(["x Tr0ub4dor&3-horse y"])).toEqual(["Tr0ub4dor&3-horse"]);
  });

  it("does not find what is masked or labelled", () => {
    const rows = [
      "password: ************",
      "Authorization: Bearer ****************",
      "DB_PASSWORD=＊＊＊×××••••",
    ];
    expect(scrubber.scanScreen(rows)).toEqual([]);
    expect(scrubber.scanScreen([scrubber.scrubText(`TOKEN=${TOKEN} password=hunter2x9`).text])).toEqual([]);
  });

  it("gives places inside of the rows, whatever they hold", () => {
    const row = fc.array(
      fc.constantFrom(TOKEN, TOKEN.slice(0, 9), "é", "😀", "\u200b", "password=h2xy9zz", " ", "│"),
      {
        maxLength: 5,
      },
    );
    fc.assert(
      fc.property(fc.array(row, { maxLength: 6 }), (parts) => {
        const rows = parts.map((row) => row.join(""));
        for (const { places } of scrubber.scanScreen(rows)) {
          for (const { row, start, end } of places) {
            expect(start).toBeLessThan(end);
            expect(end).toBeLessThanOrEqual(rows[row]?.length ?? 0);
            expect(rows[row]?.slice(start, end).isWellFormed()).toBe(true);
          }
        }
      }),
    );
  });
});
