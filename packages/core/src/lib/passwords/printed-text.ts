const SEQUENCES =
  /\x1b(?:\[[\x30-\x3f]*[\x20-\x2f]*[\x40-\x7e]|[()][0-9A-Z]|[=>78]|\][^\x07\x1b]*(?:\x07|\x1b\\))/g;

/** The text in output without its escape sequences, in the order of printing. */
export function printedText(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("utf8").replace(SEQUENCES, "");
}
