import type {
  CassetteEvent,
  Cell,
  FinalRecord,
  FrameRecord,
  OutputRecord,
  Screen,
  TerminalSize,
} from "@cassette/format";

/** A frame without its cells, which are large; {@link Evidence.cells} returns them. */
export type FrameWithoutCells = Omit<FrameRecord, "cells">;

/** An event of a recording or of a running session, in the terms of the format. */
export type EvidenceEvent =
  | Exclude<CassetteEvent, { kind: "frame" }>
  | { seq: number; t_ms: number; kind: "frame"; record: FrameWithoutCells };

/** The screen after the event `seq`. */
export interface EvidenceScreen {
  screen: Screen;
  seq: number;
  t_ms: number;
}

/** The subject of assertions: a recording, or a running session so far. */
export interface Evidence {
  /** Its name for people: the cassette's path, or the command. */
  readonly label: string;
  /** A command that shows a moment of it; null if there is no cassette yet. */
  commandFor(t_ms: number): string | null;
  /** The terminal's first size. */
  readonly size: TerminalSize;
  /** Everything, in the order of `seq`. */
  readonly events: readonly EvidenceEvent[];
  readonly frames: readonly FrameWithoutCells[];
  /** Null while the program runs. */
  readonly final: FinalRecord | null;
  /** The cells of a frame: the recorded ones, otherwise re-rendered from its bytes. */
  cells(frame: FrameWithoutCells): Promise<Cell[][]>;
  /** The bytes of one read. */
  bytes(record: OutputRecord): Promise<Uint8Array>;
  /** The screen rendered after the last event up to `seq`, cells included. */
  screenAt(seq: number): Promise<EvidenceScreen>;
}
