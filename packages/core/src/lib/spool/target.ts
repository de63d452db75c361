import { lstat, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { ARTIFACT, CassetteError, FORMAT_VERSION } from "@cassette/format";
import { GIT_ATTRIBUTES } from "./git-attributes.js";

/**
 * Checks that a cassette may be made at `target`: nothing exists at that path, or, when overwriting, a cassette of a version
 * known here or an empty directory.
 * @returns whether an old cassette has to be replaced.
 */
export async function checkTarget(target: string, overwrite: boolean): Promise<boolean> {
  const stats = await lstat(target).catch((error) => {
    // A file in place of the parent directory is noticed when the spool is made.
    if (["ENOENT", "ENOTDIR"].includes((error as NodeJS.ErrnoException).code ?? "")) return null;
    throw new CassetteError("CASSETTE_WRITE_FAILED", "The target cannot be looked at.", {
      file: target,
      cause: error,
    });
  });
  if (stats === null) return false;
  if (!overwrite) throw exists(target, "The target exists.", OR_OVERWRITE);
  if (!stats.isDirectory()) throw exists(target, "The target exists and is not a directory.");
  const names = await readdir(target);
  if (names.length > 0) await checkOldManifest(target);
  const foreign = names.find((name) => !KNOWN.has(name));
  if (foreign !== undefined)
    throw exists(
      target,
      `The target holds ${JSON.stringify(foreign)}, which is no part of a cassette.`,
      OR_MOVE,
    );
  return true;
}

/** Only a known cassette is replaced: not one of a newer version, and no directory with other contents. */
async function checkOldManifest(target: string): Promise<void> {
  const file = join(target, ARTIFACT.manifest);
  const manifest = await readFile(file, "utf8")
    .then((text) => JSON.parse(text) as unknown)
    .catch(() => null);
  const version =
    typeof manifest === "object" && manifest !== null && "version" in manifest ? manifest.version : null;
  if (typeof version !== "number") throw exists(target, "The target exists and is not a cassette.");
  if (version <= FORMAT_VERSION) return;
  throw new CassetteError(
    "CASSETTE_VERSION_UNSUPPORTED",
    "A cassette of a newer version is not overwritten.",
    {
      file,
      expected: FORMAT_VERSION,
      actual: version,
    },
  );
}

/** Names in a cassette of ours, or of the reference. Replacing it must not remove anything else. */
const KNOWN: ReadonlySet<string> = new Set([...Object.values(ARTIFACT), GIT_ATTRIBUTES]);
const OR_MOVE = "Move it away, or choose another name.";
const OR_REMOVE = "Choose another name, or remove it: only a cassette is overwritten.";
/** The option has this name in the library and in the command. */
const OR_OVERWRITE =
  "Choose another name, or replace the cassette: `overwrite` in the library, `--overwrite` on the command line.";

function exists(file: string, message: string, hint = OR_REMOVE): CassetteError {
  return new CassetteError("CASSETTE_TARGET_EXISTS", message, { file, hint });
}
