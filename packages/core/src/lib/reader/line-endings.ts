import { createHash } from "node:crypto";
import type { ArtifactFile } from "@cassette/format";

const BLOCK = 1024 * 1024;

/**
 * Whether a file with an unexpected digest would have the expected one if all its line ends were of one kind: then a repository
 * converted them. A file with both kinds originally is not recognised.
 */
export async function hasConvertedLineEndings(file: ArtifactFile, expectedDigest: string): Promise<boolean> {
  const [unix, dos] = [createHash("sha256"), createHash("sha256")];
  const add = (text: string) => {
    const unixText = text.replaceAll("\r\n", "\n");
    unix.update(unixText, "latin1");
    dos.update(unixText.replaceAll("\n", "\r\n"), "latin1");
  };
  const block = Buffer.allocUnsafeSlow(Math.max(1, Math.min(BLOCK, file.size)));
  let held = "";
  for (let at = 0, read = 0; ; at += read) {
    read = await file.read(block, at);
    if (read === 0) break;
    const text = held + block.toString("latin1", 0, read);
    // The byte after it may be at the beginning of the next block.
    held = text.endsWith("\r") ? "\r" : "";
    add(held === "" ? text : text.slice(0, -1));
  }
  add(held);
  return [unix, dos].some((digest) => digest.digest("hex") === expectedDigest);
}
