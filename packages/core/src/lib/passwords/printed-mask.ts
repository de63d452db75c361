import { MASK_SIGNS } from "./prompt-field.js";

/** The signs of masks, repeated. */
const MASKS = new RegExp(`([${MASK_SIGNS}])\\1*`, "gu");
/** Fewer signs are often something else. */
const FEWEST_SIGNS = 4;

/** The mask of so many keys in what was printed; null if there is none. */
export function findMask(printed: string, keys: number): string | null {
  if (keys < FEWEST_SIGNS) return null;
  return (printed.match(MASKS) ?? []).find((mask) => mask.length === keys) ?? null;
}
