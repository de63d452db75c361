import { findCassettes } from "@cassette/core/reader";

/** Paths of the cassettes at some paths, each a cassette, an archive, or a folder of them. */
export async function cassettesIn(paths: readonly string[]): Promise<string[]> {
  const dirs: string[] = [];
  for (const path of paths) for await (const dir of findCassettes(path, { archives: true })) dirs.push(dir);
  return dirs;
}
