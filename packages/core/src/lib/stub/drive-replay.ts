import type { FinalRecord, InputRecord } from "@cassette/format";
import type { Cassette } from "../reader/cassette.js";
import type { Pace } from "./pace.js";

/** What a replay calls while a recording stands in for its program. */
export interface ReplayHandlers {
  pace: Pace;
  /** Called for each recorded chunk of output; resolves when the next may come. */
  onOutput(bytes: Uint8Array, t_ms: number): Promise<void> | void;
  /**
   * Called for each recorded input except the terminal's replies. Resolves when it was repeated, or with false
   * when it will not be.
   */
  onInput(record: InputRecord): Promise<boolean>;
}

/**
 * Replays a recording at its pace.
 * @returns how it ended; null when an input was not repeated. @throws signal.reason when aborted, and whatever `handlers` throws.
 */
export async function driveReplay(
  cassette: Cassette,
  { pace, onOutput, onInput }: ReplayHandlers,
  signal?: AbortSignal,
): Promise<FinalRecord | null> {
  for await (const { kind, record, t_ms } of cassette.events({ kinds: ["input", "output"] })) {
    signal?.throwIfAborted();
    if (kind === "output") {
      await pace.reach(t_ms, signal);
      await onOutput(await cassette.bytes(record), t_ms);
    }
    if (kind === "input" && !record.answer && !(await onInput(record))) return null;
  }
  await pace.reach(cassette.final.t_ms, signal);
  return cassette.final;
}
