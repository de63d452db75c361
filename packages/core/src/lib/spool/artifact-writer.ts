import { createHash, hash as hashOf } from "node:crypto";
import { readFileSync } from "node:fs";
import { type WritableFile, writeFully } from "./file-system.js";
import { attempt } from "./write-error.js";

/** Appends to one file of the spool: buffered, written in the background, with a running digest. */
export interface ArtifactWriter {
  /** Bytes appended and not yet written. */
  readonly pending: number;
  append(bytes: Uint8Array): void;
  appendText(text: string): void;
  /** As `appendText`, for text known to be ASCII. */
  appendAscii(text: string): void;
  /** Marks the current end: the next `flush` writes up to here. */
  mark(): void;
  /** Writes up to the mark. After a failure it may be called again and continues there. */
  flush(): Promise<void>;
  sync(): Promise<void>;
  close(): Promise<void>;
  /** Overwrites bytes that were written. */
  rewrite(bytes: Uint8Array, at: number): Promise<void>;
  /** Bytes appended, written or not: the offset of the next append. */
  readonly length: number;
  /** Bytes written. */
  readonly size: number;
  /** Digest of them; empty for a writer without. */
  digest(): string;
}

const SLAB = 256 * 1024;
/** Allocating costs more than writing; this much memory is reused for the next records. */
const MAX_SPARE = 16;
const MAX_TEXT = 64 * 1024;

interface Slab {
  bytes: Buffer;
  used: number;
}

/** @param digested whether to compute the digest of the written bytes. */
export function createArtifactWriter(path: string, file: WritableFile, digested: boolean): ArtifactWriter {
  const hash = digested ? createHash("sha256") : null;
  let front: Slab = { bytes: Buffer.alloc(0), used: 0 };
  /** Blocks that are full or marked and not yet written, oldest first. */
  const back: Slab[] = [];
  let marked = 0;
  /** ASCII that is not encoded yet: encoding each line costs a tenth of the speed. */
  let text = "";
  const spare: Buffer[] = [];
  let pending = 0;
  let position = 0;
  let closed = false;
  let isRewritten = false;

  return {
    get pending() {
      return pending;
    },
    append(bytes) {
      encodeText();
      makeRoom(bytes.byteLength);
      front.bytes.set(bytes, front.used);
      advance(bytes.byteLength);
    },
    appendText(text) {
      encodeText();
      makeRoom(text.length * 3);
      advance(front.bytes.write(text, front.used, "utf8"));
    },
    appendAscii(line) {
      text += line;
      pending += line.length;
      if (text.length > MAX_TEXT) encodeText();
    },
    mark() {
      encodeText();
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
    rewrite(bytes, at) {
      isRewritten = true;
      return attempt(path, () => writeFully(file, bytes, at));
    },
    get length() {
      return position + pending;
    },
    get size() {
      return position;
    },
    digest() {
      if (hash === null) return "";
      return isRewritten ? hashOf("sha256", readFileSync(path), "hex") : hash.copy().digest("hex");
    },
  };

  function encodeText(): void {
    if (text === "") return;
    makeRoom(text.length);
    pending -= text.length;
    advance(front.bytes.write(text, front.used, "latin1"));
    text = "";
  }

  function makeRoom(size: number): void {
    if (front.bytes.length - front.used >= size) return;
    retireFront();
    const reused = size <= SLAB ? spare.pop() : undefined;
    front.bytes = reused ?? Buffer.allocUnsafeSlow(Math.max(SLAB, size));
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
    hash?.update(bytes);
    position += bytes.length;
    pending -= bytes.length;
    if (slab.bytes.length === SLAB && spare.length < MAX_SPARE) spare.push(slab.bytes);
  }
}
