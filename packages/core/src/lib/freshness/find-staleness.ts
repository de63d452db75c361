import { cassetteExtras, type Manifest } from "@cassette/format";

/** The conditions for a fresh recording; an omitted one is not checked. */
export interface FreshnessRules {
  /** Maximum age in milliseconds. */
  maxAgeMs?: number;
  /** Digest of the program's file now: lower-case hexadecimal SHA-256. */
  binarySha256?: string;
  /** The program's version now. */
  binaryVersion?: string;
  /** The program and its arguments now; of the program only the file's name counts. */
  argv?: readonly string[];
  /** Whether a recorded argument may be this one: it may have been masked. Default: they are equal. */
  isSameArgument?: (recorded: string, now: string) => boolean;
}

/** Why a recording is stale, as a code word and a sentence. */
export interface Staleness {
  reason: "age" | "binary" | "version" | "arguments";
  message: string;
}

/**
 * Reports how a recording differs from its current program. Facts that were not recorded cannot differ.
 * @param now milliseconds since the Unix epoch.
 * @returns nothing for a fresh one.
 */
export function findStaleness(manifest: Manifest, rules: FreshnessRules, now: number): Staleness[] {
  const { maxAgeMs, binarySha256, binaryVersion } = rules;
  const age = now - Date.parse(manifest.provenance.recorded_at);
  const { binary_version: version } = manifest.harness;
  const sha256 = binaryDigestOf(manifest);
  const stale: Staleness[] = [];
  if (maxAgeMs !== undefined && !(age <= maxAgeMs)) {
    const message = `It was recorded ${inWords(age)} ago; ${inWords(maxAgeMs)} are allowed.`;
    stale.push({ reason: "age", message });
  }
  if (differs(sha256, binarySha256)) {
    stale.push({ reason: "binary", message: "The program's file has changed since it was recorded." });
  }
  if (differs(version, binaryVersion)) {
    stale.push({ reason: "version", message: "The program has another version than when it was recorded." });
  }
  if (rules.argv !== undefined && !isSameCommand(manifest.command.argv, rules.argv, rules.isSameArgument)) {
    stale.push({ reason: "arguments", message: "It was recorded with another program or other arguments." });
  }
  return stale;
}

function differs(recorded: string | undefined, now: string | undefined): boolean {
  return recorded !== undefined && now !== undefined && recorded !== now;
}

function isSameCommand(
  recorded: readonly string[] = [],
  [program = "", ...args]: readonly string[],
  isSame = (a: string, b: string) => a === b,
): boolean {
  const [recordedProgram, ...recordedArgs] = recorded;
  if (recordedProgram === undefined) return true;
  if (recordedArgs.length !== args.length) return false;
  if (nameOf(recordedProgram) !== nameOf(program) && !isSame(recordedProgram, program)) return false;
  return recordedArgs.every((argument, index) => isSame(argument, args[index] ?? ""));
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** Where our recorder writes the digest of the program's file: `optional.cassette.binary_sha256`. */
function binaryDigestOf(manifest: Manifest): string | undefined {
  const { binary_sha256: sha256 } = cassetteExtras(manifest);
  return typeof sha256 === "string" ? sha256 : undefined;
}

const UNITS = [
  ["days", 86_400_000],
  ["hours", 3_600_000],
  ["minutes", 60_000],
  ["seconds", 1_000],
] as const;

function inWords(ms: number): string {
  if (Number.isNaN(ms)) return "an unknown time";
  const [unit, length] = UNITS.find(([, unitMs]) => ms >= 2 * unitMs) ?? UNITS[3];
  return `${Math.floor(ms / length)} ${unit}`;
}
