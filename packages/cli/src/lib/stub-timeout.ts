/** A driver that is silent for longer has lost its way. */
export const STUB_TIMEOUT_MS = 60_000;
