import { type AnchorTable, createAnchorTable } from "./anchor-table.js";
import { createBrokenAnchors } from "./broken-anchors.js";
import { type Decoded, type DecodedRun, decodeAround, decodeEscapes, ESCAPE_ANCHORS } from "./decode.js";
import { type EncodedAnchor, encodedAnchors } from "./encodings.js";
import type { Anchor, Finder } from "./finder.js";
import type { Hit, Span } from "./hit.js";
import { mergeSpans } from "./stitched.js";

/** Finds what a set of rules knows, plain, encoded, and broken at row ends. */
export interface Detector {
  /** The rules whose finds are secret in every part. */
  readonly secretRules: ReadonlySet<string>;
  /**
   * Calls `report` for every hit that is noticed by something that begins in a part of the text; hits may overlap. Linear in
   * the length of the text.
   * @param text the bytes as a string of U+0000 to U+00FF.
   */
  detect(text: string, bytes: Uint8Array, part: Span, report: (hit: Hit) => void): void;
}

/** Something encoded inside something encoded is still looked into, but no deeper. */
const DEEPEST = 2;

type Plan =
  | { readonly how: "plain"; readonly finder: Finder; readonly index: number; readonly anchor: Anchor }
  | { readonly how: "encoded"; readonly anchor: EncodedAnchor }
  | { readonly how: "escaped" };

/** Makes a detector of rules. */
export function createDetector(finders: readonly Finder[]): Detector {
  const plain = finders.flatMap((finder, index) =>
    finder.anchors.map((anchor) => ({ how: "plain", finder, index, anchor }) as const),
  );
  const table = createAnchorTable<Plan>([
    ...plain
      .filter(({ anchor }) => anchor.brokenOnly !== true)
      .map((plan) => entryOf(plan.anchor.literal, plan.anchor.anyCase === true, plan)),
    ...unique(plain.flatMap(({ anchor }) => (anchor.plainOnly ? [] : encodedAnchors(anchor)))).map((anchor) =>
      entryOf(anchor.literal, anchor.anyCase, { how: "encoded", anchor } as const),
    ),
    ...ESCAPE_ANCHORS.map((literal) => entryOf(literal, false, { how: "escaped" } as const)),
  ]);
  const broken = createBrokenAnchors(
    plain
      .filter(({ anchor }) => anchor.literal.length > 2)
      .map((plan) => entryOf(plan.anchor.literal, plan.anchor.anyCase === true, plan)),
  );

  /** Where each finder is to be asked again, by depth; kept, as thousands of titles may be looked at one by one. */
  const askedUntil = Array.from({ length: DEEPEST + 1 }, () => new Float64Array(finders.length));

  function detect(text: string, bytes: Uint8Array, part: Span, report: (hit: Hit) => void, depth = 0): void {
    const asked = (askedUntil[depth] ?? new Float64Array(finders.length)).fill(0);
    const ask = ({ finder, index, anchor }: Extract<Plan, { how: "plain" }>, at: number) => {
      if (at < (asked[index] ?? 0)) return;
      const { spans, until } = finder.find(text, at, anchor);
      asked[index] = until;
      if (spans.length > 0) report({ rule: finder.rule, label: finder.label, spans });
    };
    scanAll(table, text, bytes, part, ask, (decoded) => {
      if (depth === DEEPEST || decoded.text === "") return;
      const whole = [0, decoded.text.length] as const;
      const inner = Buffer.from(decoded.text, "latin1");
      detect(decoded.text, inner, whole, (hit) => report(outer(hit, decoded)), depth + 1);
    });
    // Decoded text has no rows: what would end them is binary.
    if (depth > 0) return;
    asked.fill(0);
    broken.scan(text, part, ask);
  }

  const isSecret = ({ kind, hasPublicParts }: Finder) => kind === "secrets" && !hasPublicParts;
  return {
    secretRules: new Set(finders.filter(isSecret).map(({ rule }) => rule)),
    detect: (text, bytes, part, report) => detect(text, bytes, part, report),
  };
}

function scanAll(
  table: AnchorTable<Plan>,
  text: string,
  bytes: Uint8Array,
  part: Span,
  ask: (plan: Extract<Plan, { how: "plain" }>, at: number) => void,
  look: (decoded: Decoded) => void,
): void {
  let unescapedUntil = 0;
  // Two anchors of one run that fall into step with each other are decoded once.
  const runs = { base64: [] as DecodedRun[], hex: [] as DecodedRun[] };
  table.scan(text, bytes, part, ({ payload }, at) => {
    if (payload.how === "plain") return ask(payload, at);
    if (payload.how === "escaped") {
      if (at < unescapedUntil) return;
      const decoded = decodeEscapes(text, at);
      unescapedUntil = decoded.until;
      return look(decoded);
    }
    const { encoding, phase } = payload.anchor;
    for (const run of runs[encoding]) if (at < run.until && run.holds(at, phase)) return;
    const decoded = decodeAround(text, at, payload.anchor);
    runs[encoding] = [...runs[encoding].filter(({ until }) => at < until), decoded];
    look(decoded);
  });
}

function entryOf<T>(literal: string, anyCase: boolean, payload: T) {
  return { literal: anyCase ? literal.toLowerCase() : literal, anyCase, payload };
}

function unique(anchors: readonly EncodedAnchor[]): EncodedAnchor[] {
  const byLook = new Map(
    anchors.map((anchor) => [`${anchor.encoding}${anchor.phase} ${anchor.literal}`, anchor]),
  );
  return [...byLook.values()].filter(({ literal }) => literal.length >= 3);
}

/** A hit in decoded text, as what is to be masked in the text around it. */
function outer(hit: Hit, decoded: Decoded): Hit {
  const [only] = hit.spans;
  const spans =
    only && hit.spans.length === 1
      ? decoded.outer(only[0], only[1])
      : mergeSpans(hit.spans.flatMap(([start, end]) => decoded.outer(start, end)));
  return { rule: hit.rule, label: hit.label, spans };
}
