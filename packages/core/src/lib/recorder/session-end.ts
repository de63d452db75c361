import type { FreeMap, PtyExit } from "@cassette/format";
import { wireExit } from "@cassette/format/session";
import type { FinalDraft, SessionEvent } from "./records.js";

/** The end of a session, gathered from its events. */
export interface SessionEnd {
  /** @param offset bytes of output so far. */
  observe(event: SessionEvent, offset: number): void;
  /** Completes a final record; facts that it already has take precedence. @param offset bytes of output in all. */
  complete(final: FinalDraft, offset: number): FinalDraft;
}

/** Observes a session from its beginning. */
export function createSessionEnd(): SessionEnd {
  let exit: PtyExit | undefined;
  let exitOffset = 0;
  let isHeld = false;

  /** Background processes may print after the exit, and may keep the terminal. */
  function metadataOf(offset: number): FreeMap {
    return {
      ...(exit?.timedOut && { timed_out: true }),
      ...(exit && exitOffset < offset && { exit_offset: exitOffset }),
      ...(isHeld && { terminal_held: true }),
    };
  }

  return {
    observe({ kind, exit: how, reason }, offset) {
      if (kind === "end") isHeld = reason === "held";
      if (kind !== "exit" || how === undefined) return;
      exit = how;
      exitOffset = offset;
    },
    complete(final, offset) {
      const metadata = { ...metadataOf(offset), ...final.metadata };
      const completed = Object.keys(metadata).length > 0 ? { ...final, metadata } : final;
      return exit === undefined || final.exit ? completed : { ...completed, exit: wireExit(exit) };
    },
  };
}
