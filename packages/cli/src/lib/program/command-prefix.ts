/**
 * Completes the beginning of a command's name if it is unambiguous, as comparable tools do. `help COMMAND` becomes
 * `COMMAND --help`, so that an unknown name has the same error everywhere.
 * @param argv arguments after the program's name
 * @param names of all commands, aliases included
 * @returns the arguments with the whole name, or as they were
 */
export function completeCommand(argv: readonly string[], names: readonly string[]): string[] {
  const [given, ...rest] = argv;
  if (given === undefined || given === "") return [...argv];
  const name = complete(given, names);
  if (name !== "help" || rest[0] === undefined || rest[0].startsWith("-")) return [name, ...rest];
  const asked = completeCommand(rest, names);
  return asked[0] !== undefined && names.includes(asked[0]) ? [...asked, "--help"] : asked;
}

function complete(given: string, names: readonly string[]): string {
  if (names.includes(given)) return given;
  const [only, ...others] = names.filter((name) => name.startsWith(given));
  return only === undefined || others.length > 0 ? given : only;
}
