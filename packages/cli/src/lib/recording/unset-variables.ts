import { CassetteError } from "@cassette/format";

/**
 * Removes variables from an environment before a program inherits it.
 * @param names names from the script's `secret:` steps.
 * @throws CassetteError CASSETTE_USAGE if there are none: the program would inherit the secret by mistake.
 */
export function unsetVariables(names: readonly string[], env: NodeJS.ProcessEnv): void {
  if (names.length === 0) {
    throw new CassetteError("CASSETTE_USAGE", "--unset-secrets has no variable to unset.", {
      hint: "It unsets the variables that the script's `secret:` steps name; for others: env -u NAME cassette record …",
    });
  }
  for (const name of names) delete env[name];
}
