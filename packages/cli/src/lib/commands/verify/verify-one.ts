import { type Cassette, compareFrames, type OpenOptions } from "@cassette/core/reader";
import { ARTIFACT, CassetteError } from "@cassette/format";
import { openCassetteAt } from "@cassette/terminal/recordings";
import type { PlainError } from "../../workers/job.js";
import { toPlainError } from "../../workers/plain-error.js";

/** Requirements on a cassette. */
export interface VerifyRequirements extends Pick<OpenOptions, "expect" | "emulator" | "integrity"> {
  /** Re-render the frames and compare. */
  rerender?: boolean;
}

/** The result of verifying a cassette. */
export type VerifyResult = { ok: true; facts: VerifiedFacts } | { ok: false; error: PlainError };

/** Facts of a good cassette. */
interface VerifiedFacts {
  id: string;
  sha256: string;
  events: number;
  frames: number;
  bytes: number;
  emulator: string;
  integrity: "verified" | "absent";
  /** The status in the scrub report. */
  scrub: string;
  /** Null if not requested. */
  rerender: "same" | "unavailable" | null;
  /** Byte offset in the output at which drawing stopped; no frame follows it. */
  drawing_stopped_at?: number;
}

/** Opens a cassette, which checks all of it, and re-renders its frames on request. */
export async function verifyOne(
  dir: string,
  { rerender, ...requirements }: VerifyRequirements,
): Promise<VerifyResult> {
  try {
    await using cassette = await openCassetteAt(dir, requirements);
    return {
      ok: true,
      facts: { ...factsOf(cassette), ...(rerender ? await derivedAgain(cassette) : { rerender: null }) },
    };
  } catch (error) {
    return { ok: false, error: toPlainError(error) };
  }
}

function factsOf(cassette: Cassette): Omit<VerifiedFacts, "rerender" | "drawing_stopped_at"> {
  const { manifest, counts, rawSize, integrity, scrubReport } = cassette;
  const { name, version } = manifest.terminal.emulator;
  return {
    id: manifest.id,
    sha256: manifest.content_digest.sha256,
    // The final record has a `seq`, too.
    events: counts.input + counts.output + counts.frame + counts["service-event"] + 1,
    frames: counts.frame,
    bytes: rawSize,
    emulator: `${name}@${version}`,
    integrity,
    scrub: scrubReport.status,
  };
}

/** @throws CassetteError CASSETTE_FRAMES_DIFFER. */
async function derivedAgain(
  cassette: Cassette,
): Promise<Pick<VerifiedFacts, "rerender" | "drawing_stopped_at">> {
  // Only who asks for it waits for the emulator to load.
  const { createEmulator } = await import("@cassette/terminal/parts");
  const { result, frames, seq, part, stoppedAt } = await compareFrames(cassette, createEmulator);
  if (result !== "differs")
    return { rerender: result, ...(stoppedAt !== undefined && { drawing_stopped_at: stoppedAt }) };
  throw new CassetteError("CASSETTE_FRAMES_DIFFER", `Re-rendering this frame gives another ${part}.`, {
    file: `${cassette.dir}/${ARTIFACT.frames}`,
    line: frames,
    seq,
  });
}
