import { CassetteError } from "@cassette/format";

/**
 * Encodes a record and reads it back, so that nothing is written that no reader takes.
 * @throws CassetteError CASSETTE_VALUE_INVALID.
 */
export function encodeChecked<T>(
  what: string,
  record: T,
  encode: (record: T) => string,
  parse: (line: string, where: { file: string }) => T,
): { line: string; record: T } {
  const line = encode(record);
  try {
    return { line, record: parse(line, { file: what }) };
  } catch (error) {
    const reason = error instanceof CassetteError ? error.message : "it cannot be read back.";
    throw new CassetteError("CASSETTE_VALUE_INVALID", `The ${what} cannot be recorded: ${reason}`);
  }
}
