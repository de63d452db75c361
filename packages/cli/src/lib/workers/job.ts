import type { SearchMatch, SearchPlace } from "@cassette/core/reader";
import type { CassetteErrorCode, ScrubbedStream, ScrubReport, StreamMask } from "@cassette/format";
import type { ScenarioOutcome } from "../commands/test/run-one-scenario.js";
import type { VerifyRequirements, VerifyResult } from "../commands/verify/verify-one.js";
import type { ScrubSettings } from "../sealing/scrub-settings.js";

/** Work that can be done on another processor. */
export type Job =
  | { kind: "verify"; dir: string; requirements: VerifyRequirements }
  | { kind: "scan"; dir: string; settings: ScrubSettings }
  | { kind: "scan-output"; dir: string; settings: ScrubSettings; masks: readonly StreamMask[] }
  | { kind: "search"; dir: string; pattern: RegExp; places: readonly SearchPlace[] }
  | { kind: "match"; pattern: RegExp; texts: readonly string[] }
  | { kind: "scenario"; file: string };

/** What each kind of job yields, any number of times. */
export interface JobValues {
  verify: VerifyResult;
  scan: ScrubReport;
  "scan-output": ScrubbedStream;
  /** Matches in batches: a message each would cost more than the search. */
  search: SearchMatch[];
  match: boolean;
  scenario: ScenarioOutcome;
}

/** A {@link CassetteError} as it crosses from a worker, which only plain objects do. */
export interface PlainError {
  code: CassetteErrorCode;
  message: string;
  hint?: string;
  file?: string;
  line?: number;
}

/** What a worker is given once. */
export interface WorkerSetup {
  /** A counter that grows as long as a job makes headway. */
  headway: Int32Array;
}

/** What a worker says. */
export type WorkerMessage =
  | { type: "value"; value: unknown }
  | { type: "done" }
  | { type: "failed"; error: PlainError };
