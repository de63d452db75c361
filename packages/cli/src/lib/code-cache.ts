import { createHash } from "node:crypto";
import {
  fstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import Module, { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { Script } from "node:vm";

/** A program that was loaded, and may have been compiled for the first time. */
export interface LoadedProgram {
  readonly exports: unknown;
  /** Keeps what was compiled so far for the next run, unless that is known. A failure has no effect: it is only slower. */
  keepCode(): void;
}

const DIGEST_BYTES = 32;
const PRIVATE_DIRECTORY = 0o700;
const WRITABLE_BY_OTHERS = 0o022;

/**
 * Loads a CommonJS file with the code that an earlier run has compiled, which takes half the time: for a Node that does not do so
 * itself. It cannot `import()`. Only files that no other user can write are used, and only if they are whole.
 * @param directory of the user's own.
 */
export function loadCached(path: string, directory: string): LoadedProgram {
  const source = readFileSync(path);
  const name = basename(path, ".cjs");
  const file = join(
    directory,
    `${name}-${process.version}-${process.arch}-${digestOf(source).toString("hex")}`,
  );
  const cachedData = readCode(file);
  const script = new Script(Module.wrap(source.toString()), { filename: path, cachedData });
  const module = { exports: {} };
  script.runInThisContext()(module.exports, createRequire(path), module, path, dirname(path));
  return {
    exports: module.exports,
    keepCode() {
      if (cachedData === undefined || script.cachedDataRejected)
        writeCode(file, name, script.createCachedData());
    },
  };
}

function readCode(file: string): Buffer | undefined {
  try {
    const descriptor = openSync(file, "r");
    const { uid, mode } = fstatSync(descriptor);
    if (uid !== process.getuid?.() || (mode & WRITABLE_BY_OTHERS) !== 0) return undefined;
    const bytes = readFileSync(descriptor);
    const code = bytes.subarray(DIGEST_BYTES);
    return digestOf(code).equals(bytes.subarray(0, DIGEST_BYTES)) ? code : undefined;
  } catch {
    return undefined;
  }
}

/** Replaces the code of another version of the program. */
function writeCode(file: string, name: string, code: Buffer): void {
  try {
    const directory = dirname(file);
    mkdirSync(directory, { recursive: true, mode: PRIVATE_DIRECTORY });
    const others = readdirSync(directory).filter((other) => other.startsWith(`${name}-v`));
    const written = `${file}.${process.pid}`;
    writeFileSync(written, Buffer.concat([digestOf(code), code]), { mode: 0o600, flag: "wx" });
    renameSync(written, file);
    for (const other of others)
      if (join(directory, other) !== file) rmSync(join(directory, other), { force: true });
  } catch {
    // The next run tries again.
  }
}

function digestOf(bytes: Uint8Array): Buffer {
  return createHash("sha256").update(bytes).digest();
}
