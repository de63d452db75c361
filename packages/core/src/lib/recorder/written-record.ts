import { CassetteError } from "@cassette/format";
import { DEFAULT_LIMITS } from "../reader/limits.js";

/**
 * Encodes a record and reads it back, so that nothing is written that a reader would refuse.
 * @throws CassetteError CASSETTE_VALUE_INVALID.
 */
export function encodeChecked<T>(
  what: string,
  record: T,
  encode: (record: T) => string,
  parse: (line: string, where: { file: string }) => T,
): { line: string; record: T } {
  const line = encode(record);
  // Lines and files have the same limit.
  if (Buffer.byteLength(line) > DEFAULT_LIMITS.lineBytes) {
    throw new CassetteError("CASSETTE_VALUE_INVALID", `The ${what} is larger than a reader takes unasked.`, {
      expected: DEFAULT_LIMITS.lineBytes,
      actual: Buffer.byteLength(line),
    });
  }
  try {
    return { line, record: parse(line, { file: what }) };
  } catch (error) {
    const reason = error instanceof CassetteError ? error.message : "it cannot be read back.";
    throw new CassetteError("CASSETTE_VALUE_INVALID", `The ${what} cannot be recorded: ${reason}`);
  }
}
