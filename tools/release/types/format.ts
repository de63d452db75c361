import {
  ARTIFACT,
  type CassetteError,
  type CassetteErrorCode,
  type Emulator,
  isCassetteError,
} from "@cassette/format";
import { encodeFrameRecord, parseManifest } from "@cassette/format/schema";

export const code: CassetteErrorCode = "CASSETTE_DIGEST_MISMATCH";
// @ts-expect-error: there is no such code
export const unknown: CassetteErrorCode = "CASSETTE_NO_SUCH_CODE";
export const file: "output.raw" = ARTIFACT.outputRaw;
export const id: string = parseManifest("{}", { file: "manifest.json" }).id;
export const encode: typeof encodeFrameRecord = encodeFrameRecord;

export function isMismatch(error: unknown): error is CassetteError {
  return isCassetteError(error, code);
}

export async function rows(emulator: Emulator): Promise<string[]> {
  await emulator.feed(new Uint8Array());
  // @ts-expect-error: an emulator is fed bytes
  await emulator.feed("text");
  return emulator.snapshot().text;
}
