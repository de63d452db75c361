import { CassetteError, systemErrorHint } from "@cassette/format";

/** The error of a file that changed after it was checked. */
export function artifactChanged(path: string): CassetteError {
  return new CassetteError("CASSETTE_ARTIFACT_CHANGED", "The file changed while it was being read.", {
    file: path,
  });
}

/** The error of a symlink, directory or device in place of a file. */
export function notAFile(path: string): CassetteError {
  return new CassetteError("CASSETTE_ARTIFACT_NOT_A_FILE", "A regular file is expected here.", {
    file: path,
  });
}

/** The error of a file with more bytes than the reader accepts. */
export function fileTooLarge(path: string, expected: number, actual: number): CassetteError {
  return new CassetteError("CASSETTE_LIMIT_EXCEEDED", `The file is larger than ${expected} bytes.`, {
    file: path,
    expected,
    actual,
    hint: "Raise the limit if you trust the cassette.",
  });
}

/** The error of a file or directory that the system refuses to read. */
export function readFailed(path: string, cause: unknown): CassetteError {
  const { code } = cause as NodeJS.ErrnoException;
  const message = `The file cannot be read${code === undefined ? "" : ` (${code})`}.`;
  return new CassetteError("CASSETTE_READ_FAILED", message, {
    file: path,
    cause,
    hint: systemErrorHint(code),
  });
}
