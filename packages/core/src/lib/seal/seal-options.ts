import type {
  CellProvenanceFactory,
  EmulatorFactory,
  EmulatorIdentity,
  FrameDeriver,
  InputRecord,
  Redactor,
  ScrubbedStream,
  StreamMask,
} from "@cassette/format";
import type { Found } from "./report-builder.js";

/** What sealing is done with. */
export interface SealOptions {
  /** Null seals without scrubbing, and the report says "not-run". */
  redactor: Redactor | null;
  /** What was found and masked before it was recorded; part of the report. */
  found?: readonly Found[];
  deriveFrames: FrameDeriver;
  /** The emulator that `deriveFrames` uses, as the manifest shall name it, if that depends on the one that it names. */
  emulator: EmulatorIdentity | ((named: EmulatorIdentity) => EmulatorIdentity);
  /** Draws screens to see whether there is anything to find the bytes of; without it they are sought at once. */
  createEmulator?: EmulatorFactory;
  /** Finds the bytes of what was drawn out of order. */
  createProvenance: CellProvenanceFactory;
  /**
   * Scans the output of a long recording with {@link scanMaskedOutput} on another processor while its frames are drawn on this
   * one. Without it one waits for the other.
   */
  scanElsewhere?: (dir: string, masks: readonly StreamMask[], signal: AbortSignal) => Promise<ScrubbedStream>;
  /** Records that replace those of the same `seq`: what was typed before the prompt that read it. */
  typedAhead?: ReadonlyMap<number, InputRecord>;
  /** Called every now and then. */
  onProgress?: (progress: SealProgress) => void;
  /** Aborts the sealing; the spool stays. */
  signal?: AbortSignal;
}

/** How far a pass over the output has come, in bytes. */
export interface SealProgress {
  pass: "scanning" | "drawing";
  done: number;
  total: number;
}
