import { basename, dirname, join } from "node:path";

/** Where `prune` puts a recording between its selection and its deletion: beside it, under a name that holds its row's key. */
export function hiddenPath({ path, recording }: { path: string; recording: string }): string {
  return join(dirname(path), `.${basename(path)}.pruned-${recording}`);
}
