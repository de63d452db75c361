/** Waits for all, even if one fails: no file is closed while it is synced. @throws the first error. */
export async function allOf(works: readonly Promise<void>[]): Promise<void> {
  for (const work of await Promise.allSettled(works)) if (work.status === "rejected") throw work.reason;
}
