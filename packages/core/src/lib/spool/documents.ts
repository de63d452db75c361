import { hash } from "node:crypto";
import { join } from "node:path";
import type { ArtifactName } from "@cassette/format";
import type { ArtifactDigest } from "../reader/integrity.js";
import { withCleanup } from "../with-cleanup.js";
import { allOf } from "./all-of.js";
import { type FileSystem, writeFully } from "./file-system.js";
import { attempt } from "./write-error.js";

/** The `.json` files of a spool: small, rewritten whole each time. */
export interface Documents {
  /** Sets the contents of a file. */
  put(name: ArtifactName, text: string): void;
  has(name: ArtifactName): boolean;
  /** Bytes not written yet. */
  readonly pending: number;
  /** Writes the contents set so far. After a failure it may be called again. */
  flush(): Promise<void>;
  /** Makes everything written durable. */
  sync(): Promise<void>;
  /** Size and digest of each. */
  digests(): Map<ArtifactName, ArtifactDigest>;
}

export function createDocuments(fs: FileSystem, dir: string): Documents {
  const contents = new Map<ArtifactName, Buffer>();
  const unwritten = new Map<ArtifactName, Buffer>();
  return {
    put(name, text) {
      const bytes = Buffer.from(text);
      contents.set(name, bytes);
      unwritten.set(name, bytes);
    },
    has: (name) => contents.has(name),
    get pending() {
      let bytes = 0;
      for (const document of unwritten.values()) bytes += document.length;
      return bytes;
    },
    async flush() {
      for (const [name, bytes] of unwritten) {
        await writeFile(fs, join(dir, name), bytes, false);
        // It may have been set again in the meantime.
        if (unwritten.get(name) === bytes) unwritten.delete(name);
      }
    },
    async sync() {
      await allOf([...contents.keys()].map((name) => syncFile(fs, join(dir, name))));
    },
    digests: () =>
      new Map(
        [...contents].map(([name, bytes]) => [
          name,
          { size: bytes.length, sha256: hash("sha256", bytes, "hex") },
        ]),
      ),
  };
}

/** Writes a small file whole and makes it durable. */
export function writeDocument(fs: FileSystem, path: string, bytes: Uint8Array): Promise<void> {
  return writeFile(fs, path, bytes, true);
}

/** Writes a small file whole. */
export async function writeFile(
  fs: FileSystem,
  path: string,
  bytes: Uint8Array,
  isDurable: boolean,
): Promise<void> {
  await attempt(path, async () => {
    const file = await fs.createFile(path);
    const write = async () => {
      await writeFully(file, bytes, 0);
      await file.truncate(bytes.length);
      if (isDurable) await file.sync();
    };
    await withCleanup(write, () => file.close());
  });
}

async function syncFile(fs: FileSystem, path: string): Promise<void> {
  await attempt(path, async () => {
    const file = await fs.createFile(path);
    await withCleanup(
      () => file.sync(),
      () => file.close(),
    );
  });
}
