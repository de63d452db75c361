import { isDeepStrictEqual } from "node:util";
import type { Manifest } from "@cassette/format";
import type { Normalise } from "./compare-screens.js";

/** A field of the manifest that differs; null where it is absent. */
export interface ManifestDifference {
  field: string;
  a: string | null;
  b: string | null;
}

/** The fields that identify a program and its environment; not when, how fast or by which recorder it was recorded. */
function comparable({ harness, command, terminal, required_features }: Manifest): Record<string, unknown> {
  return {
    "harness.name": harness.name,
    "harness.binary_version": harness.binary_version,
    "command.argv": command.argv,
    "command.workdir_policy": command.workdir_policy,
    "command.env_allowlist": command.env_allowlist,
    "command.permission_mode": command.permission_mode,
    "terminal.initial_rows": terminal.initial_rows,
    "terminal.initial_cols": terminal.initial_cols,
    "terminal.term": terminal.term,
    "terminal.locale": terminal.locale,
    "terminal.pty_mode": terminal.pty_mode,
    required_features,
  };
}

/** Compares what two manifests say about the program. */
export function compareManifests(a: Manifest, b: Manifest, normalise: Normalise): ManifestDifference[] {
  const [fieldsA, fieldsB] = [comparable(a), comparable(b)];
  return Object.keys(fieldsA).flatMap((field) => {
    if (isDeepStrictEqual(fieldsA[field], fieldsB[field])) return [];
    const [textA, textB] = [asText(fieldsA[field], normalise), asText(fieldsB[field], normalise)];
    return textA === textB ? [] : [{ field, a: textA, b: textB }];
  });
}

function asText(value: unknown, normalise: Normalise): string | null {
  return value === undefined ? null : normalise(typeof value === "string" ? value : JSON.stringify(value));
}
