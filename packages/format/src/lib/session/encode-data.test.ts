import { describe, expect, it } from "vitest";
import { encodeData, encodeEndOfFile } from "./encode-data.js";

const CANONICAL = { canonical: true, echo: true };
const RAW = { canonical: false, echo: false };

describe("encodeData", () => {
  it("quotes characters that a terminal in canonical mode interprets or maps", () => {
    const data = Buffer.from("a\tb\n\x03\x04\r\x7f\x16é");
    const quoted = "a\tb\n\x16\x03\x16\x04\x16\r\x16\x7f\x16\x16é";
    expect(Buffer.from(encodeData(data, CANONICAL)).toString()).toBe(quoted);
    expect(Buffer.from(encodeData(data, null)).toString()).toBe(quoted);
  });

  it("leaves everything as it is in raw mode", () => {
    const data = Uint8Array.from({ length: 256 }, (_, byte) => byte);
    expect(encodeData(data, RAW)).toEqual(data);
  });
});

describe("encodeEndOfFile", () => {
  it("is Ctrl-D in canonical mode, twice in mid-line, and nothing in raw mode", () => {
    expect([...encodeEndOfFile(CANONICAL)]).toEqual([4]);
    expect([...encodeEndOfFile(null, { isMidLine: true })]).toEqual([4, 4]);
    expect([...encodeEndOfFile(RAW, { isMidLine: true })]).toEqual([]);
  });
});
