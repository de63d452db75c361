import { readFile } from "node:fs/promises";
import { CassetteError, isCassetteError } from "@cassette/format";
import { parseScenario } from "@cassette/testing";

/**
 * The files of scenarios whose name fits. A file that is no scenario is selected, too: its mistake is reported.
 * @param filter a part of the name, without regard to case, or a `/regular expression/`.
 * @throws CassetteError CASSETTE_USAGE for an invalid regular expression.
 */
export async function selectScenarios(files: readonly string[], filter: string): Promise<string[]> {
  const fits = toTest(filter);
  const selected: string[] = [];
  for (const file of files) {
    const name = await nameOf(file);
    if (name === null || fits(name)) selected.push(file);
  }
  return selected;
}

function toTest(filter: string): (name: string) => boolean {
  const [, source, flags] = /^\/(.+)\/([imsu]*)$/s.exec(filter) ?? [];
  if (source === undefined) return (name) => name.toLowerCase().includes(filter.toLowerCase());
  try {
    const pattern = new RegExp(source, flags);
    return (name) => pattern.test(name);
  } catch {
    throw new CassetteError("CASSETTE_USAGE", "--filter is no regular expression.");
  }
}

async function nameOf(file: string): Promise<string | null> {
  try {
    return parseScenario(await readFile(file, "utf8"), file).name;
  } catch (error) {
    if (isCassetteError(error) || (error as NodeJS.ErrnoException).code !== undefined) return null;
    throw error;
  }
}
