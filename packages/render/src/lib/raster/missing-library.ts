import { CassetteError } from "@cassette/format";

/** The error for an optional library that is not installed, or not for this platform. */
export function missingLibrary(name: string, cause: unknown): CassetteError {
  return new CassetteError(
    "CASSETTE_DRAWING_LIBRARY_MISSING",
    `${name} is not installed, or not for this platform.`,
    {
      hint: `Run \`npm install ${name}\`, or make an SVG.`,
      cause,
    },
  );
}
