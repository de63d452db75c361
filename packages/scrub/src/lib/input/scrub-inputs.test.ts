import type { InputRecord } from "@cassette/format";
import { describe, expect, it } from "vitest";
import { createScrubber } from "../../index.js";

const TOKEN = "ghp_aB3dE6fGh1JkLmN0pQrStUvWxYz12345678k";
const scrubber = createScrubber();

const typed = (...pieces: string[]): InputRecord[] =>
  pieces.map((piece, index) => ({
    seq: index + 1,
    t_ms: index,
    kind: "input",
    bytes: new Uint8Array(Buffer.from(piece)),
    ...(piece.length === 1 && { key: piece }),
  }));

const shown = (records: readonly InputRecord[]) =>
  records.map(({ bytes }) => Buffer.from(bytes ?? []).toString());

describe("scrubInputs", () => {
  it("masks what was typed key by key, and takes the keys' names away", () => {
    const { records } = scrubber.scrubInputs(typed("$", " ", ...TOKEN, "\r"));
    expect(shown(records)).toEqual(["$", " ", ...[...TOKEN].map(() => "*"), "\r"]);
    expect(records[2]).toEqual({
      seq: 3,
      t_ms: 2,
      kind: "input",
      bytes: new Uint8Array([0x2a]),
      masked: [[0, 1]],
    });
    expect(records.at(-1)?.key).toBe("\r");
  });

  it("reports where in a record the mask lies", () => {
    const { records } = scrubber.scrubInputs(typed(`export T=${TOKEN}\r`));
    expect(records[0]?.masked).toEqual([[9, 9 + TOKEN.length]]);
  });

  it("sees through corrections and leaves the correcting keys", () => {
    const { records } = scrubber.scrubInputs(
      typed("wrong\x15", TOKEN.slice(0, 9), "#", "\x7f", TOKEN.slice(9), "\r"),
    );
    expect(shown(records)).toEqual([
      "wrong\x15",
      "*".repeat(9),
      "#",
      "\x7f",
      "*".repeat(TOKEN.length - 9),
      "\r",
    ]);
  });

  it("masks bytes that are no whole text when they are decoded alone", () => {
    const secret = "Zoë-pässwört-1";
    const bytes = Buffer.from(secret);
    const records: InputRecord[] = [...bytes].map((byte, index) => ({
      seq: index + 1,
      t_ms: 0,
      kind: "input",
      bytes: new Uint8Array([byte]),
    }));
    const after = createScrubber({ secrets: [secret] }).scrubInputs(records).records;
    const masked = Buffer.concat(after.map(({ bytes }) => bytes ?? new Uint8Array()));
    expect(masked.toString()).toBe("**×**×***×****");
  });

  it("returns records without a hit as they are", () => {
    const records: InputRecord[] = [
      ...typed("ls -l\r"),
      { seq: 2, t_ms: 3, kind: "resize", size: { Rows: 30, Cols: 100 } },
    ];
    const scrubbed = scrubber.scrubInputs(records);
    expect(scrubbed.records[0]).toBe(records[0]);
    expect(scrubbed.records[1]).toBe(records[1]);
    expect(scrubbed.report.status).toBe("clean");
  });
});
