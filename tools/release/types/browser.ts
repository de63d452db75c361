import {
  type Cassette,
  type CreateHash,
  openArchive,
  openCassette,
  openDirectory,
  openHttpArchive,
} from "@cassette/core/browser";

export async function frameCounts(files: File[], createHash: CreateHash): Promise<number[]> {
  const sources = [
    openDirectory(files),
    await openHttpArchive(new URL("https://example.com/a.zip"), { fetch }),
  ];
  for (const file of files) sources.push(await openArchive(file));
  // @ts-expect-error: a page has no hash of its own that reads in parts
  await openCassette(openDirectory(files), {});
  const cassettes: Cassette[] = [];
  for (const source of sources) cassettes.push(await openCassette(source, { createHash }));
  return cassettes.map(({ counts }) => counts.frame);
}
