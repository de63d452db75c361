import type { LossTally } from "./losses.js";

/** A recording as it is written in another format. */
export interface Written<Piece> {
  /** What reading and writing lose; complete once the pieces were read. */
  readonly losses: LossTally;
  /** The file, piece by piece, once. */
  pieces(): AsyncGenerator<Piece, void>;
}
