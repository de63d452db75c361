/** One's own recording may be as large as it has become. */
const NO_LIMIT = Number.MAX_SAFE_INTEGER;
export const OWN_LIMITS = { fileBytes: NO_LIMIT, lineBytes: 2 ** 29, jsonBytes: 2 ** 29, events: NO_LIMIT };
