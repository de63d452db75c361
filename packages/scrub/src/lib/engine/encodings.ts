import type { Anchor } from "./finder.js";

/** How a literal can be spelled so that it is not seen. */
type Encoding = "base64" | "hex";

/** A literal as it looks in an encoding. */
export interface EncodedAnchor {
  readonly literal: string;
  readonly encoding: Encoding;
  readonly anyCase: boolean;
  /** Encoded characters between the start of a group that decodes to whole bytes and the literal. */
  readonly phase: number;
}

/**
 * Every look an anchor has in base64 (which depends on how many bytes are before it) and in hexadecimal. What is shorter
 * than three bytes would be found everywhere and has none.
 */
export function encodedAnchors({ literal, anyCase = false }: Anchor): EncodedAnchor[] {
  if (literal.length < 3) return [];
  const cases = anyCase ? [...new Set([literal, literal.toUpperCase(), capitalised(literal)])] : [literal];
  const anchors: EncodedAnchor[] = [];
  for (const spelling of cases) {
    anchors.push(inHex(spelling));
    for (const lead of [0, 1, 2]) {
      const anchor = inBase64(spelling, lead);
      anchors.push(anchor);
      const urlSafe = anchor.literal.replaceAll("+", "-").replaceAll("/", "_");
      if (urlSafe !== anchor.literal) anchors.push({ ...anchor, literal: urlSafe });
    }
  }
  return anchors;
}

function capitalised(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

/** The characters that `lead` unknown bytes before and unknown bytes after the literal leave untouched. */
function inBase64(literal: string, lead: number): EncodedAnchor {
  const encoded = Buffer.from("\0".repeat(lead) + literal, "latin1").toString("base64");
  const start = Math.ceil((lead * 8) / 6);
  const end = Math.floor(((lead + literal.length) * 8) / 6);
  return { literal: encoded.slice(start, end), encoding: "base64", anyCase: false, phase: start };
}

function inHex(literal: string): EncodedAnchor {
  const encoded = Buffer.from(literal, "latin1").toString("hex");
  return { literal: encoded, encoding: "hex", anyCase: true, phase: 0 };
}
