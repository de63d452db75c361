import { lstat } from "node:fs/promises";

/** Whether anything exists at a path, including a dangling link. */
export async function pathExists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}
