/** A half-open range of positions in a text of bytes. */
export type Span = readonly [start: number, end: number];

/** A place where a rule found something. */
export interface Hit {
  readonly rule: string;
  /** What is there afterwards, in text. */
  readonly label: string;
  /** What is to be masked, in order; more than one where something that stays lies between (a line end, a border). */
  readonly spans: readonly Span[];
}
