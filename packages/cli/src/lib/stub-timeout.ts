/** A driver that is silent for longer is considered stuck. */
export const STUB_TIMEOUT_MS = 60_000;
