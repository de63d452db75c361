import { describe, expect, it } from "vitest";
import { bytes, feed } from "../../../../test/feed.js";
import { createXtermEmulator } from "../../emulator/xterm-emulator.js";
import { createProvenance } from "../../provenance/create-provenance.js";

const SIZE = { rows: 4, cols: 8 };
const LETTERS = "abcdefgh\r\nijklmnop\r\nqrstuvwx\r\nyz012345";

async function draw(output: string) {
  const emulator = createXtermEmulator(SIZE);
  await feed(emulator, output);
  const screen = emulator.snapshot({ cells: true });
  const replies = Buffer.concat(emulator.takeReplies()).toString("latin1");
  emulator.close();
  return { ...screen, replies };
}

const text = async (output: string) => (await draw(output)).text;

describe("registerFills", () => {
  it("fills with a character in the style of the moment", async () => {
    const { text: rows, cells } = await draw(`${LETTERS}\x1b[31m\x1b[42;2;3;3;4$x`);
    expect(rows).toEqual(["abcdefgh", "ij**mnop", "qr**uvwx", "yz012345"]);
    expect(cells?.[1]?.[2]).toMatchObject({ Char: 0x2a, FG: 1 });
  });

  it("takes control characters for none", async () => {
    expect(await text(`${LETTERS}\x1b[7;1;1;4;8$x`)).toEqual(await text(LETTERS));
  });

  it("erases up to the screen's edges where a parameter is omitted", async () => {
    expect(await text(`${LETTERS}\x1b[3;5$z`)).toEqual(["abcdefgh", "ijklmnop", "qrst", "yz01"]);
  });

  it("erases what is not protected", async () => {
    expect(await text('a\x1b[1"qb\x1b[0"qc\x1b[${')).toEqual([" b", "", "", ""]);
  });

  it("counts from the margin in origin mode and stays within", async () => {
    expect(await text(`${LETTERS}\x1b[2;3r\x1b[?6h\x1b[1;1;9;2$z`)).toEqual([
      "abcdefgh",
      "  klmnop",
      "  stuvwx",
      "yz012345",
    ]);
  });

  it("leaves the screen where the edges are the wrong way round", async () => {
    expect(await text(`${LETTERS}\x1b[3;3;2;2$z`)).toEqual(await text(LETTERS));
  });

  it("empties the half of a wide character that is outside the rectangle", async () => {
    expect(await text("漢字\x1b[1;2;1;3$z")).toEqual(["", "", "", ""]);
  });
});

describe("registerCopy", () => {
  it.each([
    ["down", "1;1;3;3;1;2;2", ["abcdefgh", "iabcmnop", "qijkuvwx", "yqrs2345"]],
    ["up", "2;2;4;4;1;1;1", ["jkldefgh", "rstlmnop", "z01tuvwx", "yz012345"]],
    ["over the edge", "1;1;2;2;1;4;8", ["abcdefgh", "ijklmnop", "qrstuvwx", "yz01234a"]],
  ])("copies %s, also onto itself", async (_where, params, expected) => {
    expect(await text(`${LETTERS}\x1b[${params}$v`)).toEqual(expected);
  });

  it("copies clusters and styles", async () => {
    const { text: rows, cells } = await draw("\x1b[1me\u0301\x1b[m漢x\x1b[1;1;1;3;1;2;4$v");
    expect(rows[1]).toBe("   e\u0301漢");
    expect(cells?.[1]?.[3]?.Mode).toBe(cells?.[0]?.[0]?.Mode);
  });

  it("empties the halves of wide characters that its edges cut", async () => {
    expect((await text("漢字x\x1b[1;2;1;3;1;2;2$v"))[1]).toBe("");
  });
});

describe("registerRestyling", () => {
  const modes = async (output: string) =>
    (await draw(output)).cells?.map((row) => row.map(({ Mode }) => (Mode ? 1 : 0)).join(""));

  it("changes all cells between two places, or those of a rectangle", async () => {
    expect(await modes(`${LETTERS}\x1b[1;3;2;5;1$r`)).toEqual([
      "00111111",
      "11111000",
      "00000000",
      "00000000",
    ]);
    expect(await modes(`${LETTERS}\x1b[2*x\x1b[1;2;2;3;1$r`)).toEqual([
      "01100000",
      "01100000",
      "00000000",
      "00000000",
    ]);
  });

  it("resets and reverses", async () => {
    expect(await modes("\x1b[1mabc\x1b[m\x1b[1;2;1;2$r")).toContain("10100000");
    expect(await modes("\x1b[7mab\x1b[mcd\x1b[1;2;1;3;7$t")).toContain("10100000");
  });

  it("reports the extent of changes", async () => {
    expect((await draw("\x1b[2*x\x1bP$q*x\x1b\\")).replies).toBe("\x1bP1$r2*x\x1b\\");
  });
});

describe("createProvenance", () => {
  it("has no offset for the fill of a rectangle, and follows copies", async () => {
    const provenance = createProvenance(SIZE);
    await provenance.feed(bytes("ab\x1b[42;1;1;1;1$x\x1b[1;2;1;2;1;2;1$v"));
    expect(provenance.offsets().map((row) => row.slice(0, 2))).toEqual([
      [null, 1],
      [1, null],
      [null, null],
      [null, null],
    ]);
    provenance.close();
  });
});
