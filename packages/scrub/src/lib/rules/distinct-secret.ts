import { isRandom } from "../stream/known-secrets.js";

/** Texts of this length that are more than one word do not occur by chance. */
const LONG = 12;

/** Whether a text is so long and random that it can be searched for: what is equal to it is not equal by chance. */
export function isDistinctSecret(text: string): boolean {
  if (text.split(/[^A-Za-z0-9]+/).some(isRandom)) return true;
  return text.length >= LONG && !/^\p{L}*$/u.test(text) && new Set(text).size >= LONG / 2;
}
