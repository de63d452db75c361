import type {
  CellProvenanceFactory,
  EmulatorFactory,
  EmulatorIdentity,
  FrameDeriver,
  FreeMap,
  InputRecord,
  Redactor,
  ScrubbedStream,
  StreamMask,
} from "@cassette/format";
import type { FollowedScan } from "./follow-output.js";
import type { ArtifactReport } from "./report-builder.js";

/** Options of a seal. */
export interface SealOptions {
  /** Null seals without scrubbing, and the report says "not-run". */
  redactor: Redactor | null;
  /** What was found and masked before it was recorded; part of the report. */
  found?: readonly ArtifactReport[];
  deriveFrames: FrameDeriver;
  /** The emulator that `deriveFrames` uses, for the manifest; a function where that depends on the one that the manifest names. */
  emulator: EmulatorIdentity | ((named: EmulatorIdentity) => EmulatorIdentity);
  /** Draws screens to check whether they show a secret; without it, provenance is used at once. */
  createEmulator?: EmulatorFactory;
  /** Finds the bytes of text that was drawn out of order. */
  createProvenance: CellProvenanceFactory;
  /**
   * Scans the output of a long recording with {@link scanMaskedOutput} in a worker while its frames are drawn in this
   * thread. Without it they run one after the other.
   */
  scanElsewhere?: ScanElsewhere;
  /**
   * Ends the scan of {@link followOutput} that was begun while the output was recorded. It counts if it has read the recorded bytes.
   * Needs `scanElsewhere`.
   */
  followed?: (size: number, signal: AbortSignal) => Promise<FollowedScan>;
  /** Records that replace those of the same `seq`: input typed ahead of the prompt that read it. */
  typedAhead?: ReadonlyMap<number, InputRecord>;
  /**
   * Looks for passwords in the input of a recording that this process has not watched. Needs `createEmulator`. Left out, the input is
   * taken to be judged.
   */
  passwords?: PasswordSearch;
  /** Fields for `optional.cassette` of the manifest; left out if anything was masked or withheld. */
  ifUnmasked?: FreeMap;
  /** Called every now and then. */
  onProgress?: (progress: SealProgress) => void;
  /** Aborts the sealing; the spool is kept. */
  signal?: AbortSignal;
}

/**
 * Scans the output of a cassette with masks applied.
 * @param isStreamScanned whether the stream was scanned alone, which was not enough: its screens are scanned at once.
 */
export type ScanElsewhere = (
  dir: string,
  masks: readonly StreamMask[],
  signal: AbortSignal,
  isStreamScanned: boolean,
) => Promise<ScrubbedStream>;

/** How passwords are searched for that were typed in a recording. */
export interface PasswordSearch {
  /** Whether a text is so long and random that it can be searched for. */
  isDistinct: (text: string) => boolean;
  /** The same sealing with more secrets. */
  withSecrets: (secrets: readonly string[]) => Pick<SealOptions, "redactor" | "scanElsewhere">;
}

/** How far a pass over the output has come, in bytes. */
export interface SealProgress {
  pass: "scanning" | "drawing";
  done: number;
  total: number;
}
