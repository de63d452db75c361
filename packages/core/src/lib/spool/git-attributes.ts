import { join } from "node:path";
import { writeDocument } from "./documents.js";
import type { FileSystem } from "./file-system.js";
import { attempt } from "./write-error.js";

/** Name of a file that keeps a repository from converting line endings, which would change `output.raw`. */
export const GIT_ATTRIBUTES = ".gitattributes";
const NO_CONVERSION = "* -text\n";

/** Writes `.gitattributes` into a cassette. */
export async function writeGitAttributes(fs: FileSystem, dir: string): Promise<void> {
  await writeDocument(fs, join(dir, GIT_ATTRIBUTES), Buffer.from(NO_CONVERSION));
  await attempt(dir, () => fs.syncDirectory(dir));
}
