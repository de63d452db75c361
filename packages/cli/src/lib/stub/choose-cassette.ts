import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { ARTIFACT } from "@cassette/format";
import { parseManifest } from "@cassette/format/schema";

/** The cassette that was recorded with these arguments; null when there is none. One alone is never asked. */
export async function chooseCassette(
  dirs: readonly string[],
  args: readonly string[],
): Promise<string | null> {
  const [first, ...others] = dirs;
  if (first !== undefined && others.length === 0) return first;
  for (const dir of dirs) {
    const file = join(dir, ARTIFACT.manifest);
    const { command } = parseManifest(await readFile(file, "utf8"), { file });
    const recorded = command.argv?.slice(1) ?? [];
    if (recorded.length === args.length && recorded.every((arg, index) => arg === args[index])) return dir;
  }
  return null;
}
