/**
 * Completes the beginning of a command's name when only one command begins so, as neighbouring tools do.
 * @param argv arguments after the program's name
 * @param names of all commands, aliases included
 * @returns the arguments with the whole name, or as they were
 */
export function completeCommand(argv: readonly string[], names: readonly string[]): string[] {
  const [given, ...rest] = argv;
  if (given === undefined || given === "" || names.includes(given)) return [...argv];
  const [only, ...others] = names.filter((name) => name.startsWith(given));
  return only === undefined || others.length > 0 ? [...argv] : [only, ...rest];
}
