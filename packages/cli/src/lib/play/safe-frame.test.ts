import { CELL_COLOR, type FrameRecord } from "@cassette/format";
import { describe, expect, it } from "vitest";
import { safeFrame } from "./safe-frame.js";
import { viewOf } from "./view.js";

const cell = (Char: number) => ({
  Char,
  Mode: 0,
  FG: CELL_COLOR.defaultForeground,
  BG: CELL_COLOR.defaultBackground,
});

describe("safeFrame", () => {
  it.each([false, true])("leaves nothing that acts on a terminal, with cells: %s", (hasCells) => {
    const text = ["\x1b]52;c;aGk=\x07", "\x9b31mred", "a\x1b[2Jb", "\x1bPq\x1b\\"];
    const frame: FrameRecord = {
      seq: 1,
      t_ms: 0,
      size: { Rows: 4, Cols: 20 },
      text,
      ...(hasCells && { cells: text.map((row) => [...row].map((sign) => cell(sign.charCodeAt(0)))) }),
      cursor: { Row: 0, Col: 0, Visible: true },
      raw_start: 0,
      raw_end: 0,
      parser_offset: 0,
    };
    const { rows } = viewOf(safeFrame(frame), { rows: 4, cols: 20 });
    expect(rows).toHaveLength(4);
    expect(rows.join("\n").replace(/\x1b\[0m/g, "")).not.toMatch(/[\0-\x09\x0b-\x1f\x7f-\x9f]/);
    expect(rows.join()).toContain("]52;c;aGk=");
  });
});
