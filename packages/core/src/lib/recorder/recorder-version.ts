/** Inserted by the build. */
declare const __CORE_VERSION__: string | undefined;

/** The default name of the recorder in a manifest. */
export const RECORDER_VERSION = `@cassette/core/${typeof __CORE_VERSION__ === "string" ? __CORE_VERSION__ : "source"}`;
