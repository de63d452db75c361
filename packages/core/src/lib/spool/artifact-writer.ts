import { createHash, type Hash, hash as hashOf } from "node:crypto";
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
  return new BufferedWriter(path, file, digested);
}

class BufferedWriter implements ArtifactWriter {
  pending = 0;
  size = 0;
  readonly #path: string;
  readonly #file: WritableFile;
  readonly #hash: Hash | null;
  #front: Slab = { bytes: Buffer.alloc(0), used: 0 };
  /** Blocks that are full or marked and not yet written, oldest first. */
  readonly #back: Slab[] = [];
  /** How many of these blocks the next flush writes. */
  #marked = 0;
  /** ASCII that is not encoded yet: encoding each line costs a tenth of the speed. */
  #text = "";
  readonly #spare: Buffer[] = [];
  #isClosed = false;
  #isRewritten = false;

  constructor(path: string, file: WritableFile, digested: boolean) {
    this.#path = path;
    this.#file = file;
    this.#hash = digested ? createHash("sha256") : null;
  }

  get length(): number {
    return this.size + this.pending;
  }

  append(bytes: Uint8Array): void {
    this.#encodeText();
    this.#makeRoom(bytes.byteLength);
    this.#front.bytes.set(bytes, this.#front.used);
    this.#advance(bytes.byteLength);
  }

  appendText(text: string): void {
    this.#encodeText();
    this.#makeRoom(text.length * 3);
    this.#advance(this.#front.bytes.write(text, this.#front.used, "utf8"));
  }

  appendAscii(text: string): void {
    this.#text += text;
    this.pending += text.length;
    if (this.#text.length > MAX_TEXT) this.#encodeText();
  }

  mark(): void {
    this.#encodeText();
    this.#retireFront();
    this.#marked = this.#back.length;
  }

  flush(): Promise<void> {
    return attempt(this.#path, async () => {
      for (; this.#marked > 0; this.#marked--) await this.#writeOldest();
    });
  }

  sync(): Promise<void> {
    return attempt(this.#path, () => this.#file.sync());
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    await attempt(this.#path, () => this.#file.close());
  }

  rewrite(bytes: Uint8Array, at: number): Promise<void> {
    this.#isRewritten = true;
    return attempt(this.#path, () => writeFully(this.#file, bytes, at));
  }

  digest(): string {
    if (this.#hash === null) return "";
    return this.#isRewritten
      ? hashOf("sha256", readFileSync(this.#path), "hex")
      : this.#hash.copy().digest("hex");
  }

  #encodeText(): void {
    if (this.#text === "") return;
    this.#makeRoom(this.#text.length);
    this.pending -= this.#text.length;
    this.#advance(this.#front.bytes.write(this.#text, this.#front.used, "latin1"));
    this.#text = "";
  }

  #makeRoom(size: number): void {
    if (this.#front.bytes.length - this.#front.used >= size) return;
    this.#retireFront();
    const reused = size <= SLAB ? this.#spare.pop() : undefined;
    this.#front.bytes = reused ?? Buffer.allocUnsafeSlow(Math.max(SLAB, size));
  }

  #advance(size: number): void {
    this.#front.used += size;
    this.pending += size;
  }

  #retireFront(): void {
    if (this.#front.used === 0) return;
    this.#back.push(this.#front);
    this.#front = { bytes: Buffer.alloc(0), used: 0 };
  }

  async #writeOldest(): Promise<void> {
    const slab = this.#back[0];
    if (slab === undefined) return;
    const bytes = slab.bytes.subarray(0, slab.used);
    await writeFully(this.#file, bytes, this.size);
    this.#back.shift();
    this.#hash?.update(bytes);
    this.size += bytes.length;
    this.pending -= bytes.length;
    if (slab.bytes.length === SLAB && this.#spare.length < MAX_SPARE) this.#spare.push(slab.bytes);
  }
}
