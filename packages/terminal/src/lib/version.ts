/** Put in by the build. */
declare const __TERMINAL_VERSION__: string | undefined;

/** How manifests name this package where it records. */
export const RECORDER: string = `@cassette/terminal@${typeof __TERMINAL_VERSION__ === "string" ? __TERMINAL_VERSION__ : "source"}`;
