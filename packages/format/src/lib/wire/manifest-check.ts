import { FORMAT_VERSION } from "../artifacts.js";
import { CassetteError } from "../error.js";
import type { CassetteErrorCode } from "../error-codes.js";
import type { TextLocation } from "./json-tokens.js";

/**
 * Checks the minimum that makes a manifest usable, in the reader's order, each with its own code. Runs before the schema, so that
 * a newer version is reported as such whatever its manifest looks like.
 */
export function checkManifest(value: unknown, where: TextLocation): void {
  const refuse: Refuse = (code, message, hint) => {
    throw new CassetteError(code, message, { file: where.file, hint });
  };
  checkVersion(value, refuse);
  if (isUnset(at(value, "id"))) refuse("CASSETTE_ID_MISSING", "The manifest has no id.");
  if (isUnset(at(value, "content_digest", "sha256"))) {
    refuse("CASSETTE_DIGEST_MISSING", "The manifest has no content_digest.sha256.");
  }
  checkFeatures(value, refuse);
  for (const part of ["name", "version"]) {
    if (isUnset(at(value, "terminal", "emulator", part))) {
      refuse("CASSETTE_EMULATOR_MISSING", `The manifest has no terminal.emulator.${part}.`);
    }
  }
  const resolution = at(value, "timing", "resolution_ms");
  if (isUnset(resolution) || (typeof resolution === "number" && resolution <= 0)) {
    refuse("CASSETTE_RESOLUTION_INVALID", "The manifest's timing.resolution_ms is not at least 1.");
  }
}

type Refuse = (code: CassetteErrorCode, message: string, hint?: string) => never;

function checkVersion(value: unknown, refuse: Refuse): void {
  const version = at(value, "version");
  if (version === undefined || (Number.isInteger(version) && Number(version) <= 0)) {
    refuse("CASSETTE_VERSION_MISSING", "The manifest names no version.");
  }
  if (Number.isInteger(version) && Number(version) > FORMAT_VERSION) {
    refuse(
      "CASSETTE_VERSION_UNSUPPORTED",
      `The cassette has version ${Number(version)}, this reader knows version ${FORMAT_VERSION}.`,
      "Read it with a newer release.",
    );
  }
}

function checkFeatures(value: unknown, refuse: Refuse): void {
  const features = at(value, "required_features");
  if (!Array.isArray(features) || features.length === 0) return;
  refuse(
    "CASSETTE_FEATURE_UNKNOWN",
    `The cassette requires ${features.length} feature(s) that version ${FORMAT_VERSION} does not have.`,
    "Read it with a newer release.",
  );
}

/** A value inside `value`; undefined where it is absent, null, or a part of the way is a map without it. */
function at(value: unknown, ...path: string[]): unknown {
  let here: unknown = value;
  for (const key of path) {
    if (here === undefined) return undefined;
    if (typeof here !== "object" || here === null || Array.isArray(here)) return NOT_A_MAP;
    here = Object.hasOwn(here, key) ? (here as Record<string, unknown>)[key] : undefined;
    if (here === null) here = undefined;
  }
  return here;
}

/** A value of another type, which the schema refuses. */
const NOT_A_MAP = Symbol("not a map");

function isUnset(value: unknown): boolean {
  return value === undefined || value === "";
}
