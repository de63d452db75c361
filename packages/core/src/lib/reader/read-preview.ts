import { ARTIFACT, type ArtifactSource, type FrameRecord } from "@cassette/format";
import { openDirectory } from "./directory-source.js";
import { DEFAULT_LIMITS } from "./limits.js";
import { createLineCursor } from "./line-cursor.js";
import { readSummary, type Summary } from "./read-summary.js";
import { LINE_PARSERS } from "./record-kinds.js";

/** What can be shown of a cassette before it is verified. */
export interface Preview extends Summary {
  /** Null if no frame was recorded. */
  firstFrame: FrameRecord | null;
}

/**
 * Reads the beginning of a cassette, in a time that does not grow with it. Nothing of it is verified.
 * @throws CassetteError of reading and parsing it.
 */
export async function readPreview(dir: string): Promise<Preview> {
  const source = openDirectory(dir);
  try {
    return { ...(await readSummary(source)), firstFrame: await readFirstFrame(source) };
  } finally {
    await source.close();
  }
}

async function readFirstFrame(source: ArtifactSource): Promise<FrameRecord | null> {
  const file = await source.open(ARTIFACT.frames, DEFAULT_LIMITS.fileBytes);
  if (file === null) return null;
  try {
    const cursor = createLineCursor(file, { maxLineBytes: DEFAULT_LIMITS.lineBytes });
    while (await cursor.fill()) if (cursor.advance()) return LINE_PARSERS.frame(cursor);
    return null;
  } finally {
    await file.close();
  }
}
