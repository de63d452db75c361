/** The first error, if disposing of resources failed as well: then `using` throws a `SuppressedError` with both. */
export function firstError(error: unknown): unknown {
  return isSuppressed(error) ? firstError(error.suppressed) : error;
}

/** Node has the class from version 24 on; before that the compiler gives an error its name. */
function isSuppressed(error: unknown): error is Error & { suppressed: unknown } {
  return error instanceof Error && error.name === "SuppressedError" && "suppressed" in error;
}
