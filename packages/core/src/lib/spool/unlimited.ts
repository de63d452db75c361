const NO_LIMIT = Number.MAX_SAFE_INTEGER;

/** Limits for reading a recording of this process, which may have any size. */
export const UNLIMITED = { fileBytes: NO_LIMIT, lineBytes: 2 ** 29, jsonBytes: 2 ** 29, events: NO_LIMIT };
