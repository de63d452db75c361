import type { ArtifactFile } from "@cassette/format";
import type { Hashing } from "./hashing.js";

const BLOCK = 1024 * 1024;
const [LF, CR] = [0x0a, 0x0d];

/**
 * Whether a file with an unexpected digest would have the expected one if all its line ends were of one kind: then a repository
 * converted them. A file with both kinds originally is not recognised.
 */
export async function hasConvertedLineEndings(
  file: ArtifactFile,
  expectedDigest: string,
  hashing: Hashing,
): Promise<boolean> {
  const [unix, dos] = [hashing.start(), hashing.start()];
  const block = new Uint8Array(Math.max(1, Math.min(BLOCK, file.size)));
  // The byte after a CR may be at the beginning of the next block.
  let endsInCr = false;
  for (let at = 0, read = 0; ; at += read) {
    read = await file.read(block, at);
    const ends = convert(block.subarray(0, read), endsInCr, read === 0);
    unix.update(ends.unix);
    dos.update(ends.dos);
    if (read === 0) break;
    endsInCr = block[read - 1] === CR;
  }
  return [unix, dos].some((digest) => digest.hex() === expectedDigest);
}

/** Converts a block. A CR at its end is left to the next one, `isLast` being the empty one after all others. */
function convert(block: Uint8Array, afterCr: boolean, isLast: boolean): Record<"unix" | "dos", Uint8Array> {
  const unix = new Uint8Array(block.length + 1);
  const dos = new Uint8Array(2 * block.length + 1);
  let [unixLength, dosLength] = [0, 0];
  const put = (byte: number) => {
    if (byte === LF) dos[dosLength++] = CR;
    unix[unixLength++] = byte;
    dos[dosLength++] = byte;
  };
  let isCrHeld = afterCr;
  for (const byte of block) {
    if (isCrHeld && byte !== LF) put(CR);
    isCrHeld = byte === CR;
    if (!isCrHeld) put(byte);
  }
  if (isLast && isCrHeld) put(CR);
  return { unix: unix.subarray(0, unixLength), dos: dos.subarray(0, dosLength) };
}
