import { CassetteError, systemErrorHint } from "@cassette/format";

/** Converts a system error of writing into a CassetteError. */
export function writeFailed(file: string, cause: unknown): CassetteError {
  if (cause instanceof CassetteError) return cause;
  const code = (cause as NodeJS.ErrnoException).code ?? "an unknown error";
  return new CassetteError("CASSETTE_WRITE_FAILED", `Writing failed with ${code}.`, {
    file,
    cause,
    hint: systemErrorHint(code),
  });
}

/** Runs a step on the disk; its failure names the file. */
export async function attempt<T>(file: string, step: () => Promise<T>): Promise<T> {
  try {
    return await step();
  } catch (cause) {
    throw writeFailed(file, cause);
  }
}
