import { join } from "node:path";
import { type Cassette, compareFrames, type OpenOptions, openCassette } from "@cassette/core/reader";
import { ARTIFACT, CassetteError } from "@cassette/format";
import type { PlainError } from "../../workers/job.js";
import { toPlainError } from "../../workers/plain-error.js";

/** What is demanded of a cassette. */
export interface VerifyRequirements extends Pick<OpenOptions, "expect" | "emulator" | "integrity"> {
  /** Derive the frames again and compare. */
  rerender?: boolean;
}

/** What came of looking at a cassette. */
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
  /** What the scrub report says was done. */
  scrub: string;
  /** Null when it was not asked for. */
  rerender: "same" | "unavailable" | null;
  /** Bytes of output before what could not be drawn again; no frame follows it. */
  drawing_stopped_at?: number;
}

/** Opens a cassette, which checks all of it, and derives its frames again if asked. */
export async function verifyOne(
  dir: string,
  { rerender, ...requirements }: VerifyRequirements,
): Promise<VerifyResult> {
  try {
    await using cassette = await openCassette(dir, requirements);
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
    // The final record is counted too: it takes part in the order.
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
  const { createXtermEmulator } = await import("@cassette/frames");
  const { result, frames, seq, part, stoppedAt } = await compareFrames(cassette, createXtermEmulator);
  if (result !== "differs")
    return { rerender: result, ...(stoppedAt !== undefined && { drawing_stopped_at: stoppedAt }) };
  throw new CassetteError("CASSETTE_FRAMES_DIFFER", `Derived again, this frame has another ${part}.`, {
    file: join(cassette.dir, ARTIFACT.frames),
    line: frames,
    seq,
  });
}
