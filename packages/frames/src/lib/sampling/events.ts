import type { Size } from "@cassette/format";

/** Something a sampler is told, in the order of the recording. `seq` and `t_ms` are the record's. */
export type SampledEvent = { seq: number; t_ms: number } & (
  | { kind: "output"; bytes: Uint8Array }
  | { kind: "resize"; size: Size }
  /** A person or a script typed. Not for replies to the program's queries: nobody looked at the screen. */
  | { kind: "input" }
  | { kind: "mark" }
  /** The end of the recording. Nothing follows. */
  | { kind: "final" }
);

/** The kinds of {@link SampledEvent}. */
export type SampledKind = SampledEvent["kind"];
