/**
 * Runs work and then its clean-up, even if the work failed.
 * @throws the first error: one of the clean-up only if the work had none.
 */
export async function withCleanup<T>(work: () => Promise<T>, cleanUp: () => Promise<unknown>): Promise<T> {
  let result: T;
  try {
    result = await work();
  } catch (error) {
    await cleanUp().catch(() => undefined);
    throw error;
  }
  await cleanUp();
  return result;
}
