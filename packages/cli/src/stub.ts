import { STUB_DEFAULTS, stub } from "./lib/commands/stub/stub.js";
import { reportError, type Streams } from "./lib/output/report-error.js";

/**
 * `cassette stub` without options, as installed stubs call it: what is started for every test reads no declarations.
 * @param argv arguments after the program's name
 * @returns the exit status; nothing is thrown
 */
export async function run([, ...operands]: readonly string[], streams: Streams): Promise<number> {
  const separator = operands.indexOf("--");
  const [dirs, args] =
    separator < 0 ? [operands, null] : [operands.slice(0, separator), operands.slice(separator + 1)];
  try {
    return await stub([...dirs], args, STUB_DEFAULTS);
  } catch (error) {
    return reportError(error, streams);
  }
}
