import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Cassette } from "@cassette/core/reader";
import { CassetteError, type FreeMap } from "@cassette/format";
import type { EvidenceFile } from "@cassette/render/page";

/** With the recording in it a page is larger by so much at most. */
const MOST_BYTES = 100e6;

/**
 * The files of a cassette with their digests, the manifest first.
 * @throws CassetteError CASSETTE_USAGE where they are too large for a page.
 */
export async function evidenceFiles({ dir, manifest, rawSize }: Cassette): Promise<EvidenceFile[]> {
  if (rawSize > MOST_BYTES)
    throw new CassetteError("CASSETTE_USAGE", "The recording is too large to come along in a page.", {
      hint: "Leave out --evidence.",
    });
  const names = (await readdir(dir, { withFileTypes: true }))
    .filter((entry) => entry.isFile() && !entry.name.startsWith("."))
    .map(({ name }) => name)
    .sort((a, b) => Number(b === "manifest.json") - Number(a === "manifest.json") || (a < b ? -1 : 1));
  const digests = integrityOf(manifest.optional);
  return Promise.all(
    names.map(async (name) => ({
      name,
      bytes: await readFile(join(dir, name)),
      sha256: digests.get(name) ?? null,
    })),
  );
}

function integrityOf(optional: FreeMap | undefined): ReadonlyMap<string, string> {
  const { artifacts } = (optional?.integrity ?? {}) as { artifacts?: Record<string, { sha256?: unknown }> };
  return new Map(
    Object.entries(artifacts ?? {}).flatMap(([name, { sha256 }]): [string, string][] =>
      typeof sha256 === "string" ? [[name, sha256]] : [],
    ),
  );
}
