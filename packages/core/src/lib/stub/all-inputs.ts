import { CassetteError, cassetteExtras } from "@cassette/format";
import type { Cassette } from "../reader/cassette.js";

/** Refuses a recording of which inputs were cut off the start. @throws CassetteError CASSETTE_RECORDING_CUT. */
export function demandAllInputs({ manifest }: Pick<Cassette, "manifest">): void {
  const { cut } = cassetteExtras(manifest) as { cut?: { dropped_inputs?: unknown } };
  if (typeof cut?.dropped_inputs !== "number" || cut.dropped_inputs === 0) return;
  throw new CassetteError(
    "CASSETTE_RECORDING_CUT",
    "Inputs were cut off the start of this recording, so it cannot stand in for its program.",
    { hint: "Use the recording that it was cut from." },
  );
}
