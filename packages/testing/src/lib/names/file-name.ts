import { createHash } from "node:crypto";

/** Limit of the readable part, in bytes: file systems allow 255, and a hash, a number and `.actual.svg` are added. */
const LONGEST = 160;
/** Names of devices: Windows opens those instead of a file. */
const DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:$|\.)/i;

/**
 * The name of a golden file, without its ending, for a name given in the test. Different names give different files on every file
 * system: one of lower-case letters, digits, `.`, `_` and `-` stays as it is, any other gets a hash.
 */
export function nameForGiven(name: string): string {
  const staysAsItIs = /^[a-z0-9][a-z0-9._-]*$/.test(name) && !/\.\d*$/.test(name);
  return fits(name) && staysAsItIs ? name : withHash(name);
}

/** The same for the nth screen of a test; never a name that {@link nameForGiven} returns. */
export function nameForTest(test: string, number: number): string {
  const isLowerCaseWords = /^[a-z0-9][a-z0-9_]*(?: [a-z0-9_]+)*$/.test(test);
  return `${fits(test) && isLowerCaseWords ? test.replaceAll(" ", "-") : withHash(test)}.${number}`;
}

function fits(name: string): boolean {
  return name.length <= LONGEST && !DEVICE.test(name);
}

function withHash(name: string): string {
  const readable = name
    .normalize("NFC")
    .replaceAll(/[^\p{L}\p{N}._-]+/gu, "-")
    .replaceAll(/^[-.]+|[-.]+$/g, "")
    .replace(DEVICE, "_$&");
  const hash = createHash("sha256").update(name).digest("hex").slice(0, 12);
  return `${cutToBytes(readable, LONGEST)}~${hash}`;
}

function cutToBytes(text: string, limit: number): string {
  let bytes = 0;
  let cut = "";
  for (const char of text) {
    bytes += Buffer.byteLength(char);
    if (bytes > limit) break;
    cut += char;
  }
  return cut;
}

/** A name for a folder of a test: the readable part alone, where {@link nameForGiven} would add a hash. */
export function safeFileName(name: string): string {
  return nameForGiven(name).replace(/~[0-9a-f]{12}$/, "") || "failure";
}
