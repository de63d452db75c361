/** Put in by the build. */
declare const __CORE_VERSION__: string | undefined;

/** What a manifest names as its recorder unless told otherwise. */
export const RECORDER_VERSION = `@cassette/core/${typeof __CORE_VERSION__ === "string" ? __CORE_VERSION__ : "source"}`;
