import { closestName } from "@cassette/terminal/script";
import type { Evidence } from "../evidence/evidence.js";
import { bellRings } from "./bell.js";
import type { Assertion, AssertionType } from "./cassette-assertion.js";
import { cellStyle } from "./cell-style.js";
import { inputBytes, rawOutputOrder, resizeOrder, timingGap } from "./event-checks.js";
import { eventOrder } from "./event-order.js";
import { exitStatus, finalMetadata } from "./final-checks.js";
import { cursorAt, sizeAt, sizeEventually } from "./frame-geometry.js";
import {
  frameContains,
  frameEventuallyContains,
  frameMatches,
  frameNeverContains,
  frameStableFor,
} from "./frame-text.js";
import type { Check, Mismatch } from "./mismatch.js";
import { alternateScreen, screenEquals, titleIs } from "./screen-checks.js";
import { serviceJson, serviceJsonPath } from "./service-checks.js";
import { textStyle } from "./text-style.js";

type OfType<A, T> = A extends { type: infer Types } ? (T extends Types ? A : never) : never;

/** Every type of assertion and its check. */
const CHECKS: { [T in AssertionType]: Check<OfType<Assertion, T>> } = {
  frame_contains: frameContains,
  frame_never_contains: frameNeverContains,
  frame_eventually_contains: frameEventuallyContains,
  frame_stable_for: frameStableFor,
  cursor: cursorAt,
  size: sizeAt,
  size_eventually: sizeEventually,
  style: cellStyle,
  raw_output_order: rawOutputOrder,
  input_bytes: inputBytes,
  paste_boundary: inputBytes,
  resize_order: resizeOrder,
  service_json: serviceJson,
  final_metadata: finalMetadata,
  exit_status: exitStatus,
  timeout_cancel_status: exitStatus,
  timing_gap: timingGap,
  frame_matches: frameMatches,
  frame_never_matches: frameMatches,
  frame_eventually_matches: frameMatches,
  title: titleIs,
  alternate_screen: alternateScreen,
  bell: bellRings,
  text_style: textStyle,
  screen_equals: screenEquals,
  event_order: eventOrder,
  service_json_path: serviceJsonPath,
};

/** Every type of assertion. */
export const ASSERTION_TYPES = Object.keys(CHECKS) as AssertionType[];

/** Checks an assertion. @returns null if it holds. An unknown type does not hold. */
export async function checkAssertion(assertion: Assertion, evidence: Evidence): Promise<Mismatch | null> {
  const { type } = assertion;
  if (!Object.hasOwn(CHECKS, type)) {
    const meant = closestName(type, ASSERTION_TYPES);
    const found = `there is no "${type}"${meant === undefined ? "" : `; did you mean ${meant}?`}`;
    return { expected: "a type of assertion that exists", found, t_ms: 0 };
  }
  return (CHECKS[type] as Check<Assertion>)(assertion, evidence);
}
