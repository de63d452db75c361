export { openArchive } from "./lib/archive/open-archive.js";
export { openArchiveSource } from "./lib/archive/open-archive-source.js";
export { type PackOptions, packArchive } from "./lib/archive/pack-archive.js";
export { type UnpackOptions, unpackArchive } from "./lib/archive/unpack.js";
export { openDirectory } from "./lib/reader/directory-source.js";
