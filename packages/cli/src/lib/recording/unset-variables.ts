import { CassetteError } from "@cassette/format";

/**
 * Removes variables from an environment before a program inherits it.
 * @param names what the script's `secret:` steps name.
 * @throws CassetteError CASSETTE_USAGE if there are none: a misunderstanding would show a secret to the program.
 */
export function unsetVariables(names: readonly string[], env: NodeJS.ProcessEnv): void {
  if (names.length === 0) {
    throw new CassetteError("CASSETTE_USAGE", "--unset-secrets has no variable to unset.", {
      hint: "It unsets the variables that `secret:` steps of --script name; for others: env -u NAME cassette record …",
    });
  }
  for (const name of names) delete env[name];
}
