import { readSync } from "node:fs";
import { ReadStream } from "node:tty";
import type { DeviceListener, ReadResult } from "./device.js";

/** Maximum size of a read; a pseudo-terminal's buffer is smaller. */
const READ_BYTES = 65_536;
/** Reads share blocks of this size, so that a small read takes no more memory than its bytes. */
const BLOCK_BYTES = 262_144;

/** Memory for reads; bytes that were read are never overwritten, so they can be passed on without a copy. */
interface ReadBlocks {
  /** Memory for the next read. The reader keeps the used part before the next call. */
  space(): Buffer;
  /** The bytes of a read into the latest {@link space}. */
  keep(length: number): Uint8Array;
}

function createReadBlocks(): ReadBlocks {
  let block = Buffer.alloc(0);
  let used = 0;
  return {
    space() {
      if (block.length - used < READ_BYTES) {
        block = Buffer.allocUnsafeSlow(BLOCK_BYTES);
        used = 0;
      }
      return block.subarray(used, used + READ_BYTES);
    },
    keep(length) {
      const bytes = block.subarray(used, used + length);
      used += length;
      return bytes;
    },
  };
}

/** The master side of a pseudo-terminal. */
export interface Master {
  listen(listener: DeviceListener): void;
  pause(): void;
  resume(): void;
  /** One read without waiting. */
  readNow(): ReadResult;
  close(): void;
}

/**
 * Takes over the master's descriptor. libuv reports when there is something to read, without occupying a thread; what it
 * reports about the end is ignored (up to 1.46 it treats a hang-up as the end while there is still output), so
 * neither its end nor its error closes the descriptor.
 */
export function openMaster(fd: number): Master {
  // Two, since libuv keeps its next space while we read ourselves.
  const listened = createReadBlocks();
  const asked = createReadBlocks();
  let listener: DeviceListener | undefined;
  const stream = new MasterStream(fd, () => listener?.onHangup(), {
    buffer: () => listened.space(),
    callback: (length) => listener?.onBytes(listened.keep(length)) ?? false,
  });
  return {
    listen(taker) {
      listener = taker;
      stream.resume();
    },
    pause: () => void stream.pause(),
    resume: () => void stream.resume(),
    readNow: () => readOnce(fd, asked),
    close() {
      listener = undefined;
      stream.release();
    },
  };
}

function readOnce(fd: number, blocks: ReadBlocks): ReadResult {
  try {
    const length = readSync(fd, blocks.space());
    return length === 0 ? "hungup" : blocks.keep(length);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === "EAGAIN") return "empty";
    return code === "EIO" ? "hungup" : "error";
  }
}

interface OnRead {
  buffer: () => Uint8Array;
  callback: (length: number) => boolean;
}

/** A terminal stream that is not closed when libuv reports its end. */
class MasterStream extends ReadStream {
  readonly #onHangup: () => void;

  constructor(fd: number, onHangup: () => void, onread: OnRead) {
    // `onread` is documented for sockets, and a ReadStream passes its options to one.
    super(fd, { onread } as ConstructorParameters<typeof ReadStream>[1]);
    this.#onHangup = onHangup;
  }

  override destroy(): this {
    this.#onHangup();
    return this;
  }

  release(): void {
    super.destroy();
  }
}
