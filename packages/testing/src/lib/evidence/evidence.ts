import type {
  CassetteEvent,
  Cell,
  FinalRecord,
  FrameRecord,
  OutputRecord,
  Screen,
  TerminalSize,
} from "@cassette/format";

/** A frame as it is kept in memory: cells are large and asked for by {@link Evidence.cells}. */
export type FrameWithoutCells = Omit<FrameRecord, "cells">;

/** An event of a recording or of a running session, in the words of the format. */
export type EvidenceEvent =
  | Exclude<CassetteEvent, { kind: "frame" }>
  | { seq: number; t_ms: number; kind: "frame"; record: FrameWithoutCells };

/** The screen after the event `seq`. */
export interface EvidenceScreen {
  screen: Screen;
  seq: number;
  t_ms: number;
}

/** What assertions look at: a recording, or a running session so far. */
export interface Evidence {
  /** What a person calls it: the cassette's path, or the command. */
  readonly label: string;
  /** A command that shows a moment of it; null where there is nothing to show yet. */
  commandFor(t_ms: number): string | null;
  /** The terminal's first size. */
  readonly size: TerminalSize;
  /** Everything, in the order of `seq`. */
  readonly events: readonly EvidenceEvent[];
  readonly frames: readonly FrameWithoutCells[];
  /** Null while the program runs. */
  readonly final: FinalRecord | null;
  /** The cells of a frame: those recorded, else those its bytes give. */
  cells(frame: FrameWithoutCells): Promise<Cell[][]>;
  /** The bytes of one read. */
  bytes(record: OutputRecord): Promise<Uint8Array>;
  /** The screen that the bytes give after the last event up to `seq`, cells included. */
  screenAt(seq: number): Promise<EvidenceScreen>;
}
