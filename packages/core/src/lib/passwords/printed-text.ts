import { withoutSequences } from "@cassette/format/sequences";

/** The text in output without its escape sequences, in the order of printing. */
export function printedText(bytes: Uint8Array): string {
  return withoutSequences(Buffer.from(bytes).toString("utf8"));
}
