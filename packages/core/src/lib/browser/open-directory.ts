import { type ArtifactSource, OPTIONAL_ARTIFACTS, REQUIRED_ARTIFACTS } from "@cassette/format";
import { fileTooLarge } from "../reader/file-errors.js";
import { openBlob } from "./blob-bytes.js";

/** A `File` that the user chose. */
export interface ChosenFile extends Blob {
  readonly name: string;
  /** With the names of its folders, if a folder was chosen. */
  readonly webkitRelativePath?: string;
}

/**
 * The files of a directory that the user chose (`<input type="file" webkitdirectory>`) or dropped, as the source of a cassette. The
 * files of the cassette are in the directory itself; others, and those of its folders, are ignored.
 * @throws TypeError if two files have one name.
 */
export function openDirectory(files: Iterable<ChosenFile>): ArtifactSource {
  let path = "";
  const found = new Map<string, ChosenFile>();
  for (const file of files) {
    const [name = file.name, ...folders] = (file.webkitRelativePath || file.name).split("/").reverse();
    if (folders.length > 1) continue;
    path = folders[0] ?? path;
    if (found.has(name)) throw new TypeError("Two of the files have the same name.");
    found.set(name, file);
  }
  const pathOf = (name: string) => (path === "" ? name : `${path}/${name}`);
  return {
    path,
    pathOf,
    list: async () => [...REQUIRED_ARTIFACTS, ...OPTIONAL_ARTIFACTS].filter((name) => found.has(name)),
    async open(name, maxBytes) {
      const file = found.get(name);
      if (file === undefined) return null;
      if (file.size > maxBytes) throw fileTooLarge(pathOf(name), maxBytes, file.size);
      return { name, ...openBlob(file, pathOf(name)) };
    },
    assertSame: async () => undefined,
    close: async () => undefined,
  };
}
