import { type FileSystem, nodeFileSystem } from "../../src/lib/spool/file-system.js";

/** A fault: the n-th step on the disk fails, once or from then on. */
export interface Fault {
  /** Counted from 0 over all steps. */
  step: number;
  code: string;
  lasting: boolean;
}

/** A disk that fails on demand and counts what is asked of it. */
export interface FaultyFileSystem extends FileSystem {
  /** Steps so far. */
  readonly steps: number;
  /** Name of the step that failed first, or null. */
  readonly failed: string | null;
}

/** Every write is cut short as well, as a disk may. */
export function faultyFileSystem(fault: Fault | null): FaultyFileSystem {
  let steps = 0;
  let failed: string | null = null;
  const step = (name: string) => {
    const here = steps++;
    if (!fault || here < fault.step || (here > fault.step && !fault.lasting)) return;
    failed ??= name;
    throw Object.assign(new Error(`${fault.code}: made to fail`), { code: fault.code });
  };
  return {
    get steps() {
      return steps;
    },
    get failed() {
      return failed;
    },
    async makeDirectory(path, mode) {
      step("makeDirectory");
      await nodeFileSystem.makeDirectory(path, mode);
    },
    async createFile(path) {
      step("createFile");
      const file = await nodeFileSystem.createFile(path);
      return {
        async write(bytes, position) {
          step("write");
          return file.write(bytes.subarray(0, Math.ceil(bytes.length / 2)), position);
        },
        async truncate(length) {
          step("truncate");
          await file.truncate(length);
        },
        async sync() {
          step("sync");
          await file.sync();
        },
        close: () => file.close(),
      };
    },
    async rename(from, to) {
      step("rename");
      await nodeFileSystem.rename(from, to);
    },
    async syncDirectory(path) {
      step("syncDirectory");
      await nodeFileSystem.syncDirectory(path);
    },
    async remove(path) {
      step("remove");
      await nodeFileSystem.remove(path);
    },
  };
}
