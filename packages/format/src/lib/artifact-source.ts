import type { ArtifactName } from "./artifacts.js";

/** Port: where the files of one cassette are, such as a directory, an archive or a server. What it yields is hostile input. */
export interface ArtifactSource {
  /** Names the cassette in messages; nothing secret. */
  readonly path: string;
  /** Names a file of it in messages, whether it exists or not. */
  pathOf(name: ArtifactName): string;
  /** The files of the format that exist, in the format's order. */
  list(): Promise<ArtifactName[]>;
  /**
   * Opens a file of at most `maxBytes`; null if there is none.
   * @throws CassetteError CASSETTE_ARTIFACT_NOT_A_FILE, CASSETTE_LIMIT_EXCEEDED, and of reading.
   */
  open(name: ArtifactName, maxBytes: number): Promise<ArtifactFile | null>;
  /** @throws CassetteError CASSETTE_ARTIFACT_CHANGED if the source was replaced since it was made. */
  assertSame(): Promise<void>;
  /** Releases what the source holds; its files are closed one by one. Idempotent. */
  close(): Promise<void>;
}

/** Bytes that can be read at any place, such as a file that is held open. */
export interface ReadableBytes {
  /** Names them in messages. */
  readonly path: string;
  /** How many there were when they were opened. */
  readonly size: number;
  /** Reads into `target` from `position`; returns how many bytes, 0 at the end. */
  read(target: Uint8Array, position: number): Promise<number>;
  /** @throws CassetteError CASSETTE_ARTIFACT_CHANGED if they were written after they were opened. */
  assertUnchanged(): Promise<void>;
  close(): Promise<void>;
}

/** One file of a cassette, held open, so that nothing can replace the verified bytes unnoticed. */
export interface ArtifactFile extends ReadableBytes {
  readonly name: ArtifactName;
}
