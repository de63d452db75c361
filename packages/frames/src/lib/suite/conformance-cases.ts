import type { EmulatorFactory } from "@cassette/format";
import { CONTRACT_CASES } from "./contract-cases.js";
import { SCREEN_CASES } from "./screen-cases.js";

/**
 * Features that an emulator may claim. "screen" is the minimum: printing, line ends, wrapping, scrolling, resizing. The others are
 * cursor addressing and erasing, styles and colours in cells, characters of two columns and marks, the alternate screen
 * and titles, replies to queries, and limits for hostile sequences.
 */
export type ConformanceFeature =
  | "screen"
  | "addressing"
  | "cells"
  | "unicode"
  | "modes"
  | "replies"
  | "guards";

/** One requirement on an emulator. */
export interface ConformanceCase {
  feature: ConformanceFeature;
  /** A sentence in the present tense. */
  name: string;
  /** Rejects with an `AssertionError` of `node:assert` when the requirement is not met. */
  run(): Promise<void>;
}

/**
 * The requirements on an adapter that claims some features, for any test runner:
 * `for (const { name, run } of conformanceCases(createMine, ["screen"])) it(name, run)`.
 */
export function conformanceCases(
  createEmulator: EmulatorFactory,
  features: readonly ConformanceFeature[],
): ConformanceCase[] {
  const claimed = [...CONTRACT_CASES, ...SCREEN_CASES].filter(({ feature }) => features.includes(feature));
  return claimed.map(({ feature, name, check }) => ({ feature, name, run: () => check(createEmulator) }));
}
