import { createRequire } from "node:module";

// It is CommonJS: required, it loads in half the time that an import takes, and every start pays for it.
const library: typeof import("commander") = createRequire(import.meta.url)("commander");

export const { Argument, Command, CommanderError, InvalidArgumentError, Option } = library;
export type Command = import("commander").Command;
export type Option = import("commander").Option;
