import { createHash } from "node:crypto";
import type { ArtifactDigest } from "../integrity.js";
import { type WritableFile, writeFully } from "./file-system.js";
import { attempt } from "./write-error.js";

/** Appends to one file of the spool: buffered at once, written in the background, digested on the way. */
export interface ArtifactWriter {
  /** Bytes appended and not yet written. */
  readonly pending: number;
  append(bytes: Uint8Array): void;
  appendText(text: string): void;
  /** As `appendText`, for text known to be ASCII. */
  appendAscii(text: string): void;
  /** Lets the next `flush` write what was appended up to now. */
  mark(): void;
  /** Writes up to the mark. After a failure it may be called again: it goes on where the failure was. */
  flush(): Promise<void>;
  sync(): Promise<void>;
  close(): Promise<void>;
  /** Size and digest of all that was written. */
  digest(): ArtifactDigest;
}

const SLAB = 256 * 1024;

interface Slab {
  bytes: Buffer;
  used: number;
}

export function createArtifactWriter(path: string, file: WritableFile): ArtifactWriter {
  const hash = createHash("sha256");
  let front: Slab = { bytes: Buffer.alloc(0), used: 0 };
  /** What is full or marked and not yet written, oldest first. */
  const back: Slab[] = [];
  let marked = 0;
  let spare: Buffer | null = null;
  let pending = 0;
  let position = 0;
  let closed = false;

  return {
    get pending() {
      return pending;
    },
    append(bytes) {
      makeRoom(bytes.byteLength);
      front.bytes.set(bytes, front.used);
      advance(bytes.byteLength);
    },
    appendText(text) {
      makeRoom(text.length * 3);
      advance(front.bytes.write(text, front.used, "utf8"));
    },
    appendAscii(text) {
      makeRoom(text.length);
      advance(front.bytes.write(text, front.used, "latin1"));
    },
    mark() {
      retireFront();
      marked = back.length;
    },
    flush: () =>
      attempt(path, async () => {
        for (; marked > 0; marked--) await writeOldest();
      }),
    sync: () => attempt(path, () => file.sync()),
    async close() {
      if (closed) return;
      closed = true;
      await attempt(path, () => file.close());
    },
    digest: () => ({ size: position, sha256: hash.copy().digest("hex") }),
  };

  function makeRoom(size: number): void {
    if (front.bytes.length - front.used >= size) return;
    retireFront();
    front.bytes = spare && spare.length >= size ? spare : Buffer.allocUnsafeSlow(Math.max(SLAB, size));
    spare = null;
  }

  function advance(size: number): void {
    front.used += size;
    pending += size;
  }

  function retireFront(): void {
    if (front.used === 0) return;
    back.push(front);
    front = { bytes: Buffer.alloc(0), used: 0 };
  }

  async function writeOldest(): Promise<void> {
    const slab = back[0];
    if (slab === undefined) return;
    const bytes = slab.bytes.subarray(0, slab.used);
    await writeFully(file, bytes, position);
    back.shift();
    hash.update(bytes);
    position += bytes.length;
    pending -= bytes.length;
    if (slab.bytes.length === SLAB) spare = slab.bytes;
  }
}
