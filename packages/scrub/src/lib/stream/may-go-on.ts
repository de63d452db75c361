import type { Detector } from "../engine/detector.js";
import { detectIn } from "./label-text.js";

/** Rows that no rule takes by themselves, and that could be the rest of anything: of a token, a digest, a number, what a quote ends. */
const RESTS = [
  "mQ7aB3dE6fGh1JkLmN0pQrStUvWxYz12kQ7w",
  "9f86d081884c7d659a2feaa0c55ad015a3bf",
  "7QXW2MZK9RT4VB6NPLJ3HG5FDSA8CYEU2KQ7",
  "48271903365514829076",
  'mQ7aB3dE6fGh1JkLmN0pQrStUvWxYz12kQ7w"',
];
const SHORTEST_PART = 4;

/**
 * Whether what comes after some lines may belong to a secret that begins in them. The rules are asked themselves: each rest of a
 * value is put after the lines, and something masks it that masks no such row by itself.
 * @param secrets texts that are secret; a row may end in a part of one.
 */
export function mayGoOn(lines: Buffer, detector: Detector, secrets: readonly string[]): boolean {
  const text = lines.toString("latin1").trimEnd();
  if (secrets.some((secret) => endsInPartOf(text, Buffer.from(secret).toString("latin1")))) return true;
  return RESTS.some((rest) => {
    const bytes = Buffer.concat([lines, Buffer.from(`${rest}\n`)]);
    const hits = detectIn(bytes, detector, () => false).all();
    return hits.some(({ spans }) => spans.some(([, end]) => end > lines.length));
  });
}

function endsInPartOf(text: string, secret: string): boolean {
  for (let length = secret.length - 1; length >= SHORTEST_PART; length--)
    if (text.endsWith(secret.slice(0, length))) return true;
  return false;
}
