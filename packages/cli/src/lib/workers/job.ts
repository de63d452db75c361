import type { FollowedScan } from "@cassette/core";
import type { SearchMatch, SearchPlace } from "@cassette/core/reader";
import type { Candidates } from "@cassette/corpus";
import type { CassetteErrorCode, ScrubbedStream, ScrubReport, StreamMask } from "@cassette/format";
import type { ConvertedRecording } from "@cassette/terminal/recordings";
import type { ScrubSettings } from "@cassette/terminal/scrubbing";
import type { ScenarioOutcome } from "../commands/test/scenarios/run-one-scenario.js";
import type { VerifyRequirements, VerifyResult } from "../commands/verify/verify-one.js";

/** Work that can run in a worker. */
export type Job =
  | { kind: "verify"; dir: string; requirements: VerifyRequirements }
  | { kind: "scan"; dir: string; settings: ScrubSettings }
  | {
      kind: "scan-output";
      dir: string;
      settings: ScrubSettings;
      masks: readonly StreamMask[];
      isStreamScanned: boolean;
    }
  /** `totalSize`: bytes of output in all, shared; -1 while more may come. */
  | { kind: "follow-output"; path: string; settings: ScrubSettings; totalSize: BigInt64Array }
  | { kind: "search"; path: string; pattern: RegExp; places: readonly SearchPlace[] }
  | {
      kind: "candidates";
      tables: string;
      paths: readonly string[];
      pattern: RegExp;
      places: readonly SearchPlace[];
    }
  | { kind: "match"; pattern: RegExp; texts: readonly string[] }
  | { kind: "scenario"; file: string };

/** What each kind of job yields, any number of times. */
export interface JobValues {
  verify: VerifyResult;
  scan: ScrubReport;
  "scan-output": ScrubbedStream;
  "follow-output": FollowedScan;
  /** Matches in batches: one message for each would cost more than the search. A recording of another tool comes first. */
  search: SearchMatch[] | ConvertedRecording;
  candidates: Candidates;
  match: boolean;
  scenario: ScenarioOutcome;
}

/** A {@link CassetteError} as a plain object, which a worker can send. */
export interface PlainError {
  code: CassetteErrorCode;
  message: string;
  hint?: string;
  file?: string;
  line?: number;
  byteOffset?: number;
}

/** What a worker receives at its start. */
export interface WorkerSetup {
  /** A counter that grows as long as a job makes progress. */
  progress: Int32Array;
}

/** A message from a worker. */
export type WorkerMessage =
  | { type: "value"; value: unknown }
  | { type: "done" }
  | { type: "failed"; error: PlainError };
