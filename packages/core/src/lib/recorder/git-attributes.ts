import { join } from "node:path";
import { writeDocument } from "./documents.js";
import type { FileSystem } from "./file-system.js";
import { attempt } from "./write-error.js";

/** Keeps a repository from converting line endings, which would change `output.raw`. */
const GIT_ATTRIBUTES = "* -text\n";

/** Writes `.gitattributes` into a cassette. */
export async function writeGitAttributes(fs: FileSystem, dir: string): Promise<void> {
  await writeDocument(fs, join(dir, ".gitattributes"), Buffer.from(GIT_ATTRIBUTES));
  await attempt(dir, () => fs.syncDirectory(dir));
}
