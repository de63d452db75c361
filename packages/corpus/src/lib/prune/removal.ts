import { createHash } from "node:crypto";
import { lstat, readdir, rename, rmdir, unlink } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { ARTIFACT, CassetteError, OPTIONAL_ARTIFACTS, REQUIRED_ARTIFACTS } from "@cassette/format";
import type { KnownRecording } from "../indexing/known-recordings.js";
import { fingerprintOf, openInput, readManifest } from "../inputs/inputs.js";
import { hiddenPath } from "../layout/hidden-path.js";

/** Files that a recording may consist of. With any other in it, it stays: it is not part of the evidence. */
const OWN_FILES: ReadonlySet<string> = new Set([
  ...REQUIRED_ARTIFACTS,
  ...OPTIONAL_ARTIFACTS,
  ".gitattributes",
]);

/**
 * Verifies a recording against its row, and hides it.
 * @throws CassetteError of the reader, or CASSETTE_ARTIFACT_CHANGED: it stays.
 */
export async function hideVerified(row: KnownRecording, root: string): Promise<void> {
  const { path, id, sha256, fingerprint } = row;
  await checkFolders(path, root);
  if ((await fingerprintOf(path)) !== fingerprint) throw differs(path);
  await checkFiles(path);
  await using cassette = await openInput(path);
  if (cassette.manifest.id !== id || cassette.manifest.content_digest.sha256 !== sha256) throw differs(path);
  if (!(await hasManifestOf(path, row))) throw differs(path);
  // What is hidden is what was verified, unless it was changed in between.
  await rename(path, hiddenPath(row));
  if ((await fingerprintOf(hiddenPath(row))) === fingerprint) return;
  await rename(hiddenPath(row), path);
  throw differs(path);
}

/** Makes a hidden recording visible again: it was not noted as removed. */
export async function unhide(row: KnownRecording): Promise<void> {
  const isThere = async (path: string) => (await lstat(path).catch(() => null)) !== null;
  if ((await isThere(hiddenPath(row))) && !(await isThere(row.path))) await rename(hiddenPath(row), row.path);
}

/**
 * Deletes a hidden recording, the manifest last: what a killed run leaves can be recognised by it.
 * @returns whether it is gone; false if something is in it that was not verified.
 */
export async function deleteHidden(
  row: Pick<KnownRecording, "path" | "recording" | "manifest_sha256">,
  root: string,
): Promise<boolean> {
  const hidden = hiddenPath(row);
  const entry = await lstat(hidden).catch(() => null);
  if (entry === null) return true;
  try {
    await checkFolders(hidden, root);
    await checkFiles(hidden);
    const names = await readdir(hidden);
    if (names.length > 0 && !(await hasManifestOf(hidden, row))) return false;
    for (const name of names) if (name !== ARTIFACT.manifest) await unlink(join(hidden, name));
    if (names.length > 0) await unlink(join(hidden, ARTIFACT.manifest));
    await rmdir(hidden);
    return true;
  } catch (error) {
    if (error instanceof CassetteError) return false;
    throw error;
  }
}

async function hasManifestOf(path: string, row: Pick<KnownRecording, "manifest_sha256">): Promise<boolean> {
  const bytes = await readManifest(path).catch(() => null);
  return bytes !== null && createHash("sha256").update(bytes).digest("hex") === row.manifest_sha256;
}

/** Every folder from the root to the recording is a folder, not a link. */
async function checkFolders(path: string, root: string): Promise<void> {
  let folder = root;
  for (const name of relative(root, path).split(sep)) {
    folder = join(folder, name);
    const entry = await lstat(folder).catch(() => null);
    if (!entry?.isDirectory()) throw differs(path);
  }
}

async function checkFiles(path: string): Promise<void> {
  for (const entry of await readdir(path, { withFileTypes: true }))
    if (!entry.isFile() || !OWN_FILES.has(entry.name)) throw differs(path);
}

function differs(file: string): CassetteError {
  return new CassetteError("CASSETTE_ARTIFACT_CHANGED", "The recording is not what its row says.", {
    file,
    hint: "Run `cassette index` again, then look at it.",
  });
}
