import { generateKeyPairSync, randomBytes } from "node:crypto";
import { applyMask } from "@cassette/format";
import { describe, expect, it } from "vitest";
import { createScrubber } from "../create-scrubber.js";

const scrubber = createScrubber({});
const KEY = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  publicKeyEncoding: { type: "spki", format: "pem" },
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
});
const LINES = KEY.privateKey.trimEnd().split("\n");
const ROWS = LINES.slice(1, -1);
const CERTIFICATE = pem("CERTIFICATE", 1_200);

function pem(label: string, bytes: number): string {
  const rows =
    randomBytes(bytes)
      .toString("base64")
      .match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...rows, `-----END ${label}-----`, ""].join("\n");
}

async function masked(text: string): Promise<string> {
  const bytes = Buffer.from(text);
  const { mask } = await scrubber.scrubStream([{ bytes }]);
  return Buffer.from(applyMask(mask, bytes, 0)).toString();
}

/** How many rows of a text still say something of the key. */
const rowsLeft = (text: string) => ROWS.filter((row) => text.includes(row.slice(0, 16))).length;

describe("a private key in a stream", () => {
  it("is masked whatever its length and wherever it is", async () => {
    const pieces: string[] = [];
    for (let line = 0; line < 30; line++) {
      pieces.push(
        "some ordinary text\n".repeat(1_000 + 377 * line),
        pem("RSA PRIVATE KEY", 700 * (1 + (line % 25))),
      );
    }
    const text = await masked(pieces.join(""));
    expect(text).not.toMatch(/^[A-Za-z0-9+/]{64}$/m);
    expect(text.match(/some ordinary text/g)).toHaveLength(30_000 + (377 * 30 * 29) / 2);
  });

  it("is masked page by page, forwards and backwards, with and without its last line", async () => {
    const page = (from: number) =>
      `\x1b[7mkey.pem\x1b[27m\x1b[K\r\x1b[K${LINES.slice(from, from + 9).join("\r\n")}\r\n:`;
    const back = LINES.slice(9, 18)
      .reverse()
      .map((line) => `\x1b[H\x1bM${line}\r\n\x1b[24;1H:`)
      .join("");
    for (const pages of [
      [0, 9],
      [0, 9, 18],
      [0, 19],
      [0, 19, 9],
    ]) {
      const text = await masked(pages.map(page).join("") + back);
      expect(rowsLeft(text), `pages ${pages}`).toBe(0);
    }
  });

  it("is masked where only its end is shown", async () => {
    for (const count of [2, 3, 9]) {
      const text = await masked(`$ tail -${count} key.pem\n${LINES.slice(-count).join("\n")}\n$ exit\n`);
      expect(rowsLeft(text)).toBe(0);
      expect(text).toContain(`$ tail -${count} key.pem\n`);
      expect(text).toContain("-----END PRIVATE KEY-----\n$ exit\n");
    }
  });

  it("is masked in a string of JSON where only its end is shown", async () => {
    const json = JSON.stringify({ private_key: KEY.privateKey, client_email: "x" });
    for (const count of [70, 300, 700]) {
      const from = json.indexOf("-----END") - count;
      expect(rowsLeft(await masked(json.slice(from)))).toBe(0);
    }
  });

  it.each([20, 16, 12])("is masked where its rows are broken after %i columns", async (columns) => {
    const text = KEY.privateKey.replace(new RegExp(`.{${columns}}(?!\n)`, "g"), "$&\r\n");
    expect((await masked(text)).replaceAll("\r\n", "")).not.toMatch(/[a-z]/);
  });

  it("is masked where a pager broke its first line", async () => {
    const [first = "", ...rest] = LINES;
    for (const cut of [4, 7, 18, 22]) {
      const broken = `${first.slice(0, cut)} \b\x1b[2;1H${first.slice(cut)}`;
      expect(rowsLeft(await masked([broken, ...rest].join("\r\n")))).toBe(0);
    }
  });

  it("is masked where its lines have numbers, signs or colours", async () => {
    for (const dress of [
      (line: string, index: number) => `${String(index + 1).padStart(6)}\t${line}`,
      (line: string) => `\x1b[31m-${line}\x1b[m`,
      (line: string) => `> ${line}`,
      (line: string, index: number) => `key.pem:${index}:${line}`,
    ]) {
      expect(rowsLeft(await masked(LINES.map(dress).join("\n")))).toBe(0);
      expect(rowsLeft(await masked(LINES.slice(0, -4).map(dress).join("\n")))).toBe(0);
      expect(rowsLeft(await masked(LINES.slice(4).map(dress).join("\n")))).toBe(0);
    }
  });
});

describe("what is beside a private key", () => {
  it("is left: certificates and public keys, text before and after", async () => {
    const before = `${CERTIFICATE}${KEY.publicKey}some words\n`;
    const after = `${CERTIFICATE}${KEY.publicKey}some other words, f40c3bd1d9c8ee6a5d1f1c4f0d4f4f2d8a8f7e6b\n`;
    const text = await masked(before + KEY.privateKey + after);
    expect(text.startsWith(before)).toBe(true);
    expect(text.endsWith(after)).toBe(true);
    expect(rowsLeft(text)).toBe(0);
  });

  it.each([
    'if (text.startsWith("-----BEGIN PRIVATE KEY-----") && text.endsWith("-----END PRIVATE KEY-----")) read();',
    "A line -----BEGIN PRIVATE KEY----- begins it, and\nthe last line of it in Node20 is\n-----END PRIVATE KEY-----\n",
    "grep -r 'BEGIN PRIVATE KEY' .\n./README.md:-----BEGIN PRIVATE KEY-----\n./docs/keys.md:-----END PRIVATE KEY-----",
  ])("is left: %s", async (text) => {
    expect(await masked(text)).toBe(text);
  });
});
