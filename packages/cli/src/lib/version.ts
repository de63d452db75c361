/** Inserted by the build. */
declare const __CLI_VERSION__: string | undefined;

/** The version of this package, as `--version` prints it and as manifests name the recorder. */
export const VERSION = typeof __CLI_VERSION__ === "string" ? __CLI_VERSION__ : "source";
