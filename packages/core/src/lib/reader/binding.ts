import { CassetteError, type EmulatorIdentity, type Manifest } from "@cassette/format";

/** The cassette a consumer expects to find. */
export interface Binding {
  /** The manifest's id. */
  id?: string;
  /** The digest of `output.raw`, lower-case hexadecimal. */
  sha256?: string;
}

/** Checks the id, the digest and the emulator that the caller expects. */
export function checkBinding(
  manifest: Manifest,
  file: string,
  expect: Binding = {},
  emulator?: EmulatorIdentity,
): void {
  if (expect.id !== undefined && expect.id !== manifest.id) {
    throw new CassetteError("CASSETTE_ID_MISMATCH", "The cassette does not have the expected id.", {
      file,
      expected: expect.id,
      actual: manifest.id,
    });
  }
  const { sha256 } = manifest.content_digest;
  if (expect.sha256 !== undefined && expect.sha256 !== sha256) {
    throw new CassetteError(
      "CASSETTE_BINDING_DIGEST_MISMATCH",
      "The cassette does not have the expected content digest.",
      { file, expected: expect.sha256, actual: sha256 },
    );
  }
  const made = manifest.terminal.emulator;
  if (emulator && (emulator.name !== made.name || emulator.version !== made.version)) {
    throw new CassetteError("CASSETTE_EMULATOR_MISMATCH", "The frames come from another emulator.", {
      file,
      expected: `${emulator.name} ${emulator.version}`,
      actual: `${made.name} ${made.version}`,
    });
  }
}
