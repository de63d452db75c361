import { closeSync, openSync, writeSync } from "node:fs";

/** A small generator of pseudo-random numbers, so that every run times the same bytes (mulberry32). */
export function seeded(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const LEVELS = ["\x1b[32mINFO\x1b[0m", "\x1b[33mWARN\x1b[0m", "\x1b[31mERROR\x1b[0m", "\x1b[2mDEBUG\x1b[0m"];
const WORDS =
  "request cache worker queue retry open close index frame buffer socket commit merge über 世界 done".split(
    " ",
  );

/**
 * Writes a coloured log of at least `bytes` bytes.
 * @param {string} path
 * @param {number} bytes
 * @param {string} [also] text to insert once in 5,000 lines
 */
export function writeColouredLog(path, bytes, also = "") {
  const random = seeded(1);
  const pick = (list) => list[Math.floor(random() * list.length)];
  const block = [];
  for (let line = 0; line < 5_000; line++) {
    const time = new Date(1_700_000_000_000 + line * 137).toISOString();
    const words = Array.from({ length: 4 + Math.floor(random() * 12) }, () => pick(WORDS));
    block.push(`\x1b[90m${time}\x1b[0m ${pick(LEVELS)} [${Math.floor(random() * 64)}] ${words.join(" ")}\n`);
  }
  const chunk = Buffer.from(block.join("") + also);
  const fd = openSync(path, "w");
  for (let written = 0; written < bytes; written += chunk.length) writeSync(fd, chunk);
  closeSync(fd);
}

const WIDE = "世界 漢字 かな カタカナ 한국어 全角 終了 👍 🚀 👩‍👩‍👧 🇩🇪 ❤️ é ñ — build passed".split(" ");

/** Coloured lines of CJK, emoji and combined characters, at least so many bytes. */
export function wideText(bytes) {
  const random = seeded(5);
  const lines = Array.from({ length: 5_000 }, (_, line) => {
    const words = Array.from(
      { length: 4 + Math.floor(random() * 12) },
      () => WIDE[Math.floor(random() * WIDE.length)],
    );
    return `\x1b[3${line % 8}m${words.join(" ")}\x1b[0m\r\n`;
  });
  const block = Buffer.from(lines.join(""));
  return Buffer.concat(Array.from({ length: Math.ceil(bytes / block.length) }, () => block));
}
