import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { CassetteError } from "@cassette/format";
import { type CassetteConfig, parseConfig } from "./parse-config.js";

/** The name of the file with a project's settings. */
const CONFIG_FILE = "cassette.config.yaml";

/**
 * Reads `cassette.config.yaml` of a folder, or of the nearest one above it.
 * @returns no masks if there is none.
 * @throws CassetteError CASSETTE_CONFIG_INVALID, CASSETTE_READ_FAILED.
 */
export async function readConfig(folder: string = process.cwd()): Promise<CassetteConfig> {
  for (let at = folder; ; at = dirname(at)) {
    const file = join(at, CONFIG_FILE);
    const text = await readIfThere(file);
    if (text !== null) return parseConfig(text, file);
    if (dirname(at) === at) return { masks: [] };
  }
}

async function readIfThere(file: string): Promise<string | null> {
  try {
    return await readFile(file, "utf8");
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR") return null;
    throw new CassetteError("CASSETTE_READ_FAILED", "The project's settings cannot be read.", {
      file,
      cause,
    });
  }
}
