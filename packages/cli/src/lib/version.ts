import { createRequire } from "node:module";

/** The version of this package, as `--version` prints it and as manifests name the recorder. */
export const VERSION: string = createRequire(import.meta.url)("@cassette/cli/package.json").version;
